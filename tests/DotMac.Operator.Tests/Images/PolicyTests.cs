using System.IO.Enumeration;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Tests.Support;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Operator.Tests.Images;

/// <summary>The policies of <c>config/policies</c> speak of what the operator makes: their selectors match its pods, their patterns the catalog's images.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Kyvernos_policy_judges_our_pods_and_knows_our_images()
    {
        var rules = Read("kyverno.yaml")["spec"]!["rules"]!.AsArray();
        rules.Should().HaveCount(2);
        foreach (var rule in rules)
        {
            var resources = rule!["match"]!["any"]![0]!["resources"]!;
            resources["kinds"]!.AsArray().Select(static k => k!.GetValue<string>()).Should().Equal("Pod");
            SelectsOurPods(resources["selector"]!);
        }

        var pattern = rules[0]!["validate"]!["pattern"]!["spec"]!;
        foreach (var containers in new[] { "containers", "=(initContainers)" })
        {
            // What Kyverno calls "or": alternatives with a bar between them.
            var globs = pattern[containers]![0]!["image"]!.GetValue<string>().Split('|', StringSplitOptions.TrimEntries);
            Images.Append("hashicorp/vault:1.21").Should().OnlyContain(image => globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, image, false)));
            globs.Any(static glob => FileSystemName.MatchesSimpleExpression(glob, "docker.io/evil/miner:1", false)).Should().BeFalse();
        }

        var signed = rules[1]!["verifyImages"]![0]!["imageReferences"]!.AsArray().Select(static g => g!.GetValue<string>()).ToList();
        Images.Should().OnlyContain(image => signed.Any(glob => FileSystemName.MatchesSimpleExpression(glob, image, false)));
    }

    [Fact]
    public void The_policy_controllers_policy_judges_our_pods_and_knows_our_images()
    {
        var spec = Read("policy-controller.yaml")["spec"]!;
        var match = spec["match"]!.AsArray().Should().ContainSingle().Subject!;
        (match["group"]!.GetValue<string>(), match["version"]!.GetValue<string>(), match["resource"]!.GetValue<string>()).Should().Be(("", "v1", "pods"));
        SelectsOurPods(match["selector"]!);

        // Its globs are matched without the tag, and one asterisk does not cross a slash.
        var glob = spec["images"]!.AsArray().Should().ContainSingle().Subject!["glob"]!.GetValue<string>();
        foreach (var image in Images)
        {
            var name = image[..image.IndexOf(':', StringComparison.Ordinal)];
            name[..name.LastIndexOf('/')].Should().Be(glob[..glob.LastIndexOf('/')]);
            glob.Should().EndWith("/*");
        }
    }

    private static IReadOnlyList<string> Images
    {
        get
        {
            var images = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "config", "catalog"), "*.yaml")
                .SelectMany(static file => YamlText.ToJson(File.ReadAllText(file)))
                .SelectMany(static definition => definition["spec"]!["versions"]!.AsArray().Select(static v => v!["image"]!.GetValue<string>()))
                .ToList();
            images.Should().NotBeEmpty();
            return images;
        }
    }

    private static JsonNode Read(string file) =>
        YamlText.ToJson(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "policies", file))).Should().ContainSingle().Subject;

    private static void SelectsOurPods(JsonNode selector)
    {
        selector.AsObject().Select(static member => member.Key).Should().Equal("matchLabels");
        var wanted = selector["matchLabels"]!.AsObject().ToDictionary(static l => l.Key, static l => l.Value!.GetValue<string>());
        wanted.Should().NotBeEmpty();
        foreach (var inputs in new[] { Samples.Minimal(), Samples.Everything(), Samples.VaultSidecar() })
        {
            Given.Desired<V1Deployment>(inputs).Spec!.Template!.Metadata!.Labels.Should().Contain(wanted);
        }
    }
}
