using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Testing;

namespace DotMac.Operator.Tests.Support;

/// <summary>Compares with a file that a person has read. <c>DOTMAC_WRITE_GOLDEN=1</c> writes the files anew; then read the diff.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Verify(string name, IEnumerable<IKubernetesEntity> objects) =>
        Verify(name, new JsonArray([.. objects.Select(static o => JsonNode.Parse(Given.Bytes(o)))]));

    public static void Verify(string name, JsonNode json)
    {
        var path = Path.Combine(RepositoryRoot.Path, "tests", "DotMac.Operator.Tests", "Golden", name + ".json");
        var text = json.ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("DOTMAC_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        File.Exists(path).Should().BeTrue("DOTMAC_WRITE_GOLDEN=1 writes {0}", path);
        text.Should().Be(File.ReadAllText(path), "{0} says so; if it is to change, run with DOTMAC_WRITE_GOLDEN=1 and read the diff", path);
    }
}
