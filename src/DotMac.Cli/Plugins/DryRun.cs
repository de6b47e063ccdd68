using System.CommandLine;

namespace DotMac.Cli.Plugins;

/// <summary>The option that says whether anything is stored.</summary>
internal static class DryRun
{
    /// <summary>Nothing is stored, and nobody is asked.</summary>
    public const string Client = "client";

    /// <summary>Nothing is stored, and Kubernetes is asked whether it could be.</summary>
    public const string Server = "server";

    /// <summary>Makes it.</summary>
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--dry-run") { Description = "client: only say what would be changed. server: ask Kubernetes whether it could be" };
        option.AcceptOnlyFromAmong(Client, Server);
        return option;
    }
}
