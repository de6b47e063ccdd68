namespace DotMac.Plugins.Resources;

/// <summary>
/// Regular expressions of the schema, without look-around, as the API server's engine has none. The validators check the same in code, with
/// messages that say what to do.
/// </summary>
internal static class Patterns
{
    public const string DnsLabel = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    public const string DnsSubdomain = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    public const string Host = @"^((\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*|[0-9]+(\.[0-9]+){3}/[0-9]+)$";

    public const string SemanticVersion =
        @"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$";

    public const string OperationName = "^[a-z][a-z0-9_]*$";
}
