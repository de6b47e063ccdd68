using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Sdk.Json;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>The list of operations with their schemas, made when it is first asked for: few callers ask, and schemas cost memory.</summary>
internal sealed class OperationListing(PluginDeclaration declaration)
{
    private readonly Lazy<OperationList> _list = new(() => new OperationList(
        [.. declaration.Operations.All.Select(operation => new OperationDescriptor(
            operation.Name,
            operation.Description,
            operation.RequestType is Type request ? SchemaExporter.Export(request) : null,
            operation.ResponseType is Type response ? SchemaExporter.Export(response) : null))],
        [.. declaration.Webhooks.Values.OrderBy(webhook => webhook.Name, StringComparer.Ordinal).Select(webhook => new WebhookDescriptor(webhook.Name, webhook.Description))]));

    /// <summary>The list.</summary>
    public OperationList List => _list.Value;
}
