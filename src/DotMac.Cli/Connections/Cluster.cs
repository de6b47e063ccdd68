using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Cli.Connections;

/// <summary>A cluster, and the namespace of whom a command is about.</summary>
/// <param name="Client">Reaches it.</param>
/// <param name="Namespace">The tenant's namespace.</param>
internal sealed record Cluster(IKubernetesClient Client, string Namespace)
{
    /// <summary>Reaches a cluster for a command, and says for people what went wrong.</summary>
    /// <param name="terminal">Where errors go.</param>
    /// <param name="kubeconfig">A kubeconfig; null for the usual places.</param>
    /// <param name="context">A context of it; null for its current one.</param>
    /// <param name="tenant">The tenant, by its id or its namespace; null for the context's namespace.</param>
    /// <param name="run">The command.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Terminal terminal, string? kubeconfig, string? context, string? tenant, Func<Cluster, Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig(kubeconfig, context) with { UserAgent = "dotmac" };
            using var client = new KubernetesClient(configuration, ResourceJson.Options);
            var ns = string.IsNullOrEmpty(tenant) ? configuration.Namespace : await NamespaceAsync(client, tenant, cancellationToken);
            return ns is null
                ? Refuse(terminal, $"there is no tenant or namespace {tenant}; dotmac tenant list lists those that you may see")
                : await run(new Cluster(client, ns));
        }
        catch (ApiException e) when (e.IsForbidden || e.IsUnauthorized)
        {
            return Refuse(terminal, $"the API server does not allow it: {e.Status.Message ?? e.Message}. Ask a platform administrator for a role in the namespace: view to look, edit to change");
        }
        catch (ApiException e) when (e.IsNotFound && e.Status.Details?.Name is null)
        {
            return Refuse(terminal, "the cluster does not know TenantPlugins: DotMac.Operator is not installed there, or an older one is");
        }
        catch (Exception e) when (e is ApiException or KubernetesConfigurationException or HttpRequestException or TimeoutException or IOException)
        {
            return Refuse(terminal, (e as ApiException)?.Status.Message ?? e.Message);
        }
    }

    /// <summary>Says what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(Terminal terminal, string message, int exitCode = ExitCodes.Unusable)
    {
        terminal.Error.WriteLine($"dotmac: {message}");
        return exitCode;
    }

    // Who may not read namespaces knows the name of their own.
    private static async Task<string?> NamespaceAsync(IKubernetesClient client, string tenant, CancellationToken cancellationToken)
    {
        try
        {
            if (await client.Resource<V1Namespace>().GetAsync(new ObjectKey(string.Empty, tenant), cancellationToken) is not null)
            {
                return tenant;
            }

            var found = await client.Resource<V1Namespace>().ListAsync(new ListOptions(LabelSelector: $"{Labels.Tenant}={tenant}"), cancellationToken);
            return found.Items.Select(static ns => ns.Metadata.Name).Order(StringComparer.Ordinal).FirstOrDefault();
        }
        catch (ApiException e) when (e.IsForbidden)
        {
            return tenant;
        }
        catch (ApiException e) when (e.IsInvalid || e.Code == System.Net.HttpStatusCode.BadRequest)
        {
            // What can be no label is no tenant's id.
            return null;
        }
    }
}
