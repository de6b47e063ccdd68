namespace DotMac.Plugins.Resources.Validation;

/// <summary>Something wrong with a resource.</summary>
/// <param name="Pointer">The field, as a JSON pointer (RFC 6901) into the whole resource: <c>/spec/config/phoneNumber</c>.</param>
/// <param name="Message">What is wrong and what to do. Never holds a config value, which may be a secret.</param>
public sealed record ValidationError(string Pointer, string Message)
{
    /// <summary>The error in one line, for people.</summary>
    public override string ToString() => $"{Pointer}: {Message}";
}
