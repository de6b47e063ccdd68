using System.Text.Json;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A schema that configs are checked against. The seam behind which the schema library is.</summary>
public interface IConfigSchema
{
    /// <summary>Checks a config.</summary>
    /// <param name="config">An object.</param>
    /// <returns>The errors, their pointers relative to the config. No message holds a value of the config.</returns>
    IReadOnlyList<ValidationError> Validate(JsonElement config);
}
