using System.CommandLine;

namespace DotMac.Cli.Connections;

/// <summary>The options that say which cluster and whose plugins are meant.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _tenant = new("--tenant", "-n", "--namespace") { Description = "The tenant: its id, or its namespace. Default: the context's namespace" };
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "A kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the pod's service account" };
    private readonly Option<string?> _context = new("--context") { Description = "A context of the kubeconfig. Default: its current one" };
    private readonly bool _isOfTenant;

    /// <summary>Makes them.</summary>
    /// <param name="isOfTenant">Whether the command is about a tenant's plugins.</param>
    public ClusterOptions(bool isOfTenant = true) => _isOfTenant = isOfTenant;

    /// <summary>Adds them to a command.</summary>
    public Command AddTo(Command command)
    {
        if (_isOfTenant)
        {
            command.Options.Add(_tenant);
        }

        command.Options.Add(_kubeconfig);
        command.Options.Add(_context);
        return command;
    }

    /// <summary>Runs a command with what was given.</summary>
    /// <param name="terminal">Where errors go.</param>
    /// <param name="parsed">What was given.</param>
    /// <param name="run">The command.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Terminal terminal, ParseResult parsed, Func<Cluster, Task<int>> run, CancellationToken cancellationToken) => Cluster.RunAsync(
        terminal, parsed.GetValue(_kubeconfig), parsed.GetValue(_context), _isOfTenant ? parsed.GetValue(_tenant) : null, run, cancellationToken);
}
