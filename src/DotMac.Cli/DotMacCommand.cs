using System.CommandLine;
using System.Reflection;
using DotMac.Cli.Audit;
using DotMac.Cli.Doctor;
using DotMac.Cli.Plugins;
using DotMac.Cli.Tenants;

namespace DotMac.Cli;

/// <summary>The tree of commands.</summary>
internal static class DotMacCommand
{
    /// <summary>Makes it.</summary>
    public static RootCommand Create(Terminal terminal) => new("Looks after plugins for tenants on Kubernetes.")
    {
        AuditCommands.Create(terminal),
        PluginCommands.Create(terminal),
        TenantCommands.Create(terminal),
        DoctorCommand.Create(terminal),
        Version(terminal),
    };

    private static Command Version(Terminal terminal)
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(_ => terminal.Out.WriteLine(typeof(DotMacCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]));
        return command;
    }
}
