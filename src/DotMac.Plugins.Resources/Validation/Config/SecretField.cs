namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A value of a config in a field that the schema marks as secret.</summary>
/// <param name="Pointer">Where it is, relative to the config.</param>
/// <param name="IsReference">Whether it is written as a reference; otherwise the secret itself stands there.</param>
public sealed record SecretField(string Pointer, bool IsReference);
