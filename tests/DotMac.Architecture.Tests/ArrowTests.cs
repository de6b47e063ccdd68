using DotMac.Testing;

namespace DotMac.Architecture.Tests;

/// <summary>The arrows between rooms go one way only; docs/architecture.md draws them.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["DotMac.Kubernetes"] = [],
        ["DotMac.Vault"] = [],
        ["DotMac.Audit"] = [],
        ["DotMac.Plugins.Contract"] = [],
        ["DotMac.Plugins.Sdk"] = ["DotMac.Plugins.Contract"],

        // Kubernetes for the entity base types alone; the next test looks at what is used of it.
        ["DotMac.Plugins.Resources"] = ["DotMac.Plugins.Contract", "DotMac.Kubernetes"],
        ["DotMac.Operator"] = ["DotMac.Plugins.Resources", "DotMac.Plugins.Contract", "DotMac.Kubernetes", "DotMac.Vault", "DotMac.Audit"],
        ["DotMac.Admin"] = ["DotMac.Plugins.Resources", "DotMac.Plugins.Contract", "DotMac.Kubernetes", "DotMac.Vault", "DotMac.Audit"],
        ["DotMac.Cli"] = ["DotMac.Plugins.Resources", "DotMac.Plugins.Contract", "DotMac.Kubernetes", "DotMac.Vault", "DotMac.Audit"],
    };

    private static readonly string[] Descriptions = ["Entities", "Models", "Serialization", "Crds"];

    [Fact]
    public void Every_room_refers_only_to_rooms_that_it_may_know()
    {
        var rooms = Room.Below("src");
        rooms.Should().NotBeEmpty();
        foreach (var room in rooms)
        {
            Allowed.Should().ContainKey(room.Name, "a new room must be given its arrows here");
            room.References.Should().BeSubsetOf(Allowed[room.Name], room.Name);
        }
    }

    [Fact]
    public void Plugins_know_the_Sdk_and_the_contract_and_nothing_of_the_platform()
    {
        var plugins = Room.Below("plugin-images");
        plugins.Should().NotBeEmpty();
        foreach (var plugin in plugins)
        {
            plugin.References.Should().BeSubsetOf(["DotMac.Plugins.Sdk", "DotMac.Plugins.Contract"], plugin.Name);
        }
    }

    [Fact]
    public void The_contract_depends_on_nothing() => Room.Below("src").Single(static r => r.Name == "DotMac.Plugins.Contract").Packages.Should().BeEmpty();

    [Fact]
    public void The_products_code_knows_nothing_of_its_tests()
    {
        foreach (var room in Room.Below("src").Concat(Room.Below("plugin-images")))
        {
            room.References.Should().NotContain(static name => name.Contains("Test", StringComparison.Ordinal) || name.Contains("StandIn", StringComparison.Ordinal), room.Name);
        }
    }

    [Theory]
    [InlineData("DotMac.Kubernetes", "TenantPlugin")]
    [InlineData("DotMac.Kubernetes", "DotMac.Plugins")]
    [InlineData("DotMac.Plugins.Contract", "DotMac.Kubernetes")]
    [InlineData("DotMac.Plugins.Sdk", "DotMac.Kubernetes")]
    public void A_room_does_not_even_speak_of_what_it_must_not_know(string room, string word)
    {
        foreach (var file in Sources(room))
        {
            File.ReadAllText(file).Should().NotContain(word, file);
        }
    }

    [Fact]
    public void The_resources_take_of_Kubernetes_what_describes_kinds_and_nothing_that_does_anything()
    {
        foreach (var file in Sources("DotMac.Plugins.Resources"))
        {
            var used = File.ReadLines(file).Where(static line => line.StartsWith("using DotMac.Kubernetes.", StringComparison.Ordinal));
            used.Except(Descriptions.Select(static ns => $"using DotMac.Kubernetes.{ns};")).Should().BeEmpty(
                file);
        }
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "DotMac.Operator.sln"));
        foreach (var room in Room.Below("src").Concat(Room.Below("plugin-images")).Concat(Room.Below("tests")))
        {
            solution.Should().Contain($"{room.Name}.csproj");
        }
    }

    private static IEnumerable<string> Sources(string room) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", room), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
