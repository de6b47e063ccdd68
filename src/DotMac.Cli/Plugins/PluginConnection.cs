using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Cli.Plugins;

/// <summary>Reaches the API server for a command, and says for people what went wrong.</summary>
internal static class PluginConnection
{
    /// <summary>Runs a command.</summary>
    /// <param name="terminal">Where errors go.</param>
    /// <param name="kubeconfig">A kubeconfig; null for the usual places.</param>
    /// <param name="context">A context of it; null for its current one.</param>
    /// <param name="ns">A namespace; null for the context's.</param>
    /// <param name="run">The command, with a client and the namespace.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Terminal terminal, string? kubeconfig, string? context, string? ns, Func<IKubernetesClient, string, Task<int>> run)
    {
        try
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig, context) with { UserAgent = "dotmac" };
            using var client = new KubernetesClient(configuration, ResourceJson.Options);
            return await run(client, ns ?? configuration.Namespace);
        }
        catch (ApiException e) when (e.IsForbidden || e.IsUnauthorized)
        {
            return Refuse(terminal, $"the API server does not allow it: {e.Message}. Ask a platform administrator for the role edit in the namespace");
        }
        catch (Exception e) when (e is ApiException or KubernetesConfigurationException or HttpRequestException or TimeoutException or IOException)
        {
            return Refuse(terminal, e.Message);
        }
    }

    private static int Refuse(Terminal terminal, string message)
    {
        terminal.Error.WriteLine($"dotmac: {message}");
        return ExitCodes.Unusable;
    }
}
