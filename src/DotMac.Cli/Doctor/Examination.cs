using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Doctor;

/// <summary>Looks at an installation, part by part; what may not be looked at is said and does not hold up the rest.</summary>
/// <param name="client">The cluster.</param>
/// <param name="ns">The operator's namespace.</param>
internal sealed class Examination(IKubernetesClient client, string ns)
{
    private const string Operator = "Operator";
    private const string OperatorDeployment = "dotmac-operator";

    /// <summary>Looks; each finding as soon as it is there.</summary>
    public async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Judgements.Server(await ReadAsync("version", cancellationToken));
        var areDefined = true;
        foreach (var plural in new[] { ResourceNames.TenantPluginPlural, ResourceNames.PluginDefinitionPlural })
        {
            var finding = await LookAsync(
                $"{plural}.{ResourceNames.Group}",
                async () => Judgements.Definition($"{plural}.{ResourceNames.Group}", await ReadAsync($"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.{ResourceNames.Group}", cancellationToken)));
            areDefined &= finding.Verdict != Verdict.Bad;
            yield return finding;
        }

        JsonNode? deployment = null;
        yield return await LookAsync(Operator, async () => Judgements.Deployment(
            Operator, deployment = await ReadAsync($"apis/apps/v1/namespaces/{ns}/deployments/{OperatorDeployment}", cancellationToken), "kubectl apply -f config/operator", isNeeded: true));
        yield return await LookAsync("Leader", async () => Judgements.Leader(await ReadAsync($"apis/coordination.k8s.io/v1/namespaces/{ns}/leases/{Judgements.Lease}", cancellationToken), DateTimeOffset.UtcNow));
        yield return await LookAsync(
            "Webhook", async () => Judgements.Webhook(await ReadAsync("apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/dotmac-operator", cancellationToken)));
        if (deployment is not null)
        {
            yield return Judgements.Vault(deployment);
        }

        yield return await LookAsync("Admin API and web UI", async () => Judgements.Deployment(
            "Admin API and web UI", await ReadAsync($"apis/apps/v1/namespaces/{ns}/deployments/dotmac-admin", cancellationToken), "kubectl apply -f config/admin", isNeeded: false));
        yield return await LookAsync("Tenants", async () => Judgements.Tenants((await client.Resource<V1Namespace>().ListAsync(new ListOptions(LabelSelector: Labels.Tenant), cancellationToken)).Items.Count));
        if (areDefined)
        {
            yield return await LookAsync("Catalog", async () => Judgements.Catalog([.. (await client.Resource<PluginDefinition>().ListAsync(ListOptions.All, cancellationToken)).Items]));
            yield return await LookAsync("Plugins", async () => Judgements.Plugins([.. (await client.Resource<TenantPlugin>().ListAsync(new ListOptions { ResourceVersion = "0" }, cancellationToken)).Items]));
        }
    }

    private static async Task<Finding> LookAsync(string part, Func<Task<Finding>> look)
    {
        try
        {
            return await look();
        }
        catch (ApiException e) when (e.IsForbidden || e.IsUnauthorized)
        {
            return new Finding(part, Verdict.Unknown, "you may not look at it", "have this run by a platform administrator");
        }
    }

    private async Task<JsonNode?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await client.GetRawAsync(path, cancellationToken: cancellationToken));
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
