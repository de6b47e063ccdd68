using System.Text.Json.Nodes;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>A vendor that describes its API.</summary>
/// <param name="Name">Its name: that of the file which <c>tests/vendors/prerequisites</c> installs.</param>
/// <param name="NewerFiles">The files of the newer description.</param>
/// <param name="Change">What Prism needs changed in either.</param>
internal sealed record DescribedVendor(string Name, IReadOnlyList<string> NewerFiles, Action<JsonObject> Change)
{
    private const string NewerVariable = "DOTMAC_VENDOR_APIS";

    /// <summary>The descriptions of it that are there.</summary>
    public TheoryData<DescriptionSource> Sources =>
        NewerPaths.All(File.Exists)
            ? new TheoryData<DescriptionSource>(DescriptionSource.OpenApiDirectory, DescriptionSource.Newer)
            : new TheoryData<DescriptionSource>(DescriptionSource.OpenApiDirectory);

    private IEnumerable<string> NewerPaths => NewerFiles.Select(static file => Path.Combine(NewerDirectory, file));

    private static string NewerDirectory =>
        Environment.GetEnvironmentVariable(NewerVariable) is { Length: > 0 } directory
            ? directory
            : Path.Combine(RepositoryRoot.Path, "..", "shared", "vendor-apis");

    /// <summary>Reads one of its descriptions and changes it.</summary>
    /// <param name="source">Which.</param>
    /// <returns>The description.</returns>
    public async Task<ApiDescription> ReadAsync(DescriptionSource source)
    {
        IEnumerable<string> files = source == DescriptionSource.Newer
            ? NewerPaths
            : [Path.Combine(await Prerequisites.DirectoryAsync(), "descriptions", $"{Name}.json")];
        ApiDescription description = ApiDescription.Join(files.Select(static file => JsonNode.Parse(File.ReadAllText(file))!.AsObject()));
        Change(description.Root);
        return description;
    }
}
