namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A config schema cannot be used. The errors' pointers are relative to the schema.</summary>
/// <param name="errors">What is wrong with it; at least one.</param>
public sealed class ConfigSchemaException(IReadOnlyList<ValidationError> errors) : Exception(errors.Summary())
{
    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<ValidationError> Errors { get; } = errors;
}
