using System.Xml.Linq;
using DotMac.Testing;

namespace DotMac.Architecture.Tests;

/// <summary>A project of the product, as its project file describes it.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="References">The projects that it refers to.</param>
/// <param name="Packages">The packages and frameworks that it refers to.</param>
internal sealed record Room(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>Every project below a folder of the repository.</summary>
    public static IReadOnlyList<Room> Below(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories).Select(Read)];

    private static Room Read(string file)
    {
        var project = XDocument.Load(file).Root!;
        return new Room(
            Path.GetFileNameWithoutExtension(file),
            [.. Includes(project, "ProjectReference").Select(static path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Includes(project, "PackageReference"), .. Includes(project, "FrameworkReference")]);
    }

    private static IEnumerable<string> Includes(XElement project, string item) => project.Descendants(item).Select(static e => (string)e.Attribute("Include")!);
}
