using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

public sealed class ConfigMapTests
{
    [Fact]
    public void References_stay_references()
    {
        const string Config = """{"a":"${vault:twilio/token}","b":"x-${secret:s/k}","c":"${env:NAME}","d":"$${vault:not/one}"}""";
        Data(Given.Inputs($$"""{"plugin":"twilio","config":{{Config}}}"""))["plugin.json"].Should().Be(Config);
    }

    [Fact]
    public void Text_stays_readable() =>
        Data(Given.Inputs("""{"plugin":"twilio","config":{"a":"<Zürich> & \"Genève\""}}"""))["plugin.json"].Should().Be("""{"a":"<Zürich> & \"Genève\""}""");

    [Fact]
    public void A_plugin_without_a_config_gets_an_empty_one() => Data(Given.Inputs())["plugin.json"].Should().Be("{}");

    [Fact]
    public void Callers_are_named_beside_the_keys_that_prove_them()
    {
        var inputs = Given.Inputs(
            """{"plugin":"twilio","callers":[{"namespace":"api","serviceAccount":"isp"},{"namespace":"ops"}]}""", keys: Given.Keys);
        using var file = JsonDocument.Parse(Data(inputs)["callers.json"]);
        var expected = Given.Json(
            """
            {
              "issuer": "https://kubernetes.default.svc",
              "audience": "plugins.dotmac.io",
              "jwks": {"keys":[{"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"}]},
              "allowed": [{"namespace":"api","serviceAccount":"isp"},{"namespace":"ops"}]
            }
            """);
        JsonElement.DeepEquals(file.RootElement, expected).Should().BeTrue(file.RootElement.GetRawText());
    }

    [Fact]
    public void Without_keys_there_is_no_file_of_callers_and_the_plugin_lets_nobody_in() => Data(Given.Inputs()).Should().NotContainKey("callers.json");

    [Fact]
    public void By_default_the_tenants_own_namespace_may_call() =>
        Data(Given.Inputs(keys: Given.Keys))["callers.json"].Should().Contain("""[{"namespace":"tenant-acme"}]""");

    private static IDictionary<string, string> Data(DesiredInputs inputs) => Given.Desired<V1ConfigMap>(inputs).Data!;
}
