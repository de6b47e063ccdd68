namespace DotMac.Plugins.Resources;

/// <summary>Names by which the API server knows the custom resources and their manager.</summary>
public static class ResourceNames
{
    /// <summary>The API group.</summary>
    public const string Group = "plugins.dotmac.io";

    /// <summary>The version of the group.</summary>
    public const string Version = "v1alpha1";

    /// <summary>Group and version, as a manifest has them.</summary>
    public const string ApiVersion = $"{Group}/{Version}";

    /// <summary>The kind of <see cref="TenantPlugin"/>.</summary>
    public const string TenantPluginKind = "TenantPlugin";

    /// <summary>The plural of <see cref="TenantPlugin"/>, as URLs have it.</summary>
    public const string TenantPluginPlural = "tenantplugins";

    /// <summary>The kind of <see cref="PluginDefinition"/>.</summary>
    public const string PluginDefinitionKind = "PluginDefinition";

    /// <summary>The plural of <see cref="PluginDefinition"/>, as URLs have it.</summary>
    public const string PluginDefinitionPlural = "plugindefinitions";

    /// <summary>Holds a deleted TenantPlugin back until what lives outside the cluster is cleaned up.</summary>
    public const string Finalizer = $"{Group}/finalizer";

    /// <summary>Who the operator is to server-side apply.</summary>
    public const string FieldManager = "dotmac-operator";
}
