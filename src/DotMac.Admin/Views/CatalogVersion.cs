using System.ComponentModel;
using System.Text.Json;

namespace DotMac.Admin.Views;

/// <summary>A version of an entry of the catalog.</summary>
public sealed record CatalogVersion(
    [property: Description("The version.")] string Version,
    [property: Description("Why it should not be used any more; absent when it may.")] string? Deprecated,
    [property: Description("The JSON schema of config_data; fields with x-dotmac-secret are kept in Vault. The names of fields may also be written with underscores.")] JsonElement? ConfigSchema,
    [property: Description("Other plugins that it needs, with the versions that do.")] IReadOnlyList<string> Dependencies,
    [property: Description("What it can do.")] IReadOnlyList<OperationView> Operations);
