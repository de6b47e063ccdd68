using DotMac.Admin.Ui.Manifests;
using DotMac.Admin.Ui.Sessions;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using DotMac.Testing.Cluster;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace DotMac.Admin.Tests.Ui;

public sealed class SessionTests
{
    private const string Today = "the-key-of-today-which-is-long-enough-01";
    private const string Yesterday = "the-key-of-yesterday-is-long-enough-0002";

    [Fact]
    public void What_one_replica_has_written_another_one_reads()
    {
        var written = Protector(Today).Protect("a token");
        written.Should().NotContain("a token");
        Protector(Today).Unprotect(written).Should().Be("a token");
    }

    [Fact]
    public void A_rotated_key_reads_what_the_one_before_has_written_and_writes_with_the_new_one()
    {
        var old = Protector(Yesterday).Protect("a token");
        var rotated = Protector(Today, Yesterday);
        rotated.Unprotect(old).Should().Be("a token");
        Protector(Today).Unprotect(rotated.Protect("another")).Should().Be("another");
    }

    [Fact]
    public void Another_key_reads_nothing()
    {
        var reading = () => Protector(Today).Unprotect(Protector(Yesterday).Protect("a token"));
        reading.Should().Throw<System.Security.Cryptography.CryptographicException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    [InlineData("the-key-of-today-which-is-long-enough-01\nshort\n")]
    public void A_file_without_keys_that_are_some_is_refused_with_the_way_out(string content)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, content);
            var reading = () => SessionKeys.Read(file);
            reading.Should().Throw<InvalidOperationException>().WithMessage("--session-key-file:*openssl rand*").Which.Message.Should().NotContain("the-key-of-today");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/plugins/a/b?tab=logs", "/plugins/a/b?tab=logs")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("plugins", "/")]
    [InlineData("//elsewhere", "/")]
    [InlineData("/\\elsewhere", "/")]
    [InlineData("https://elsewhere", "/")]
    [InlineData("/a\r\nb", "/")]
    public void Only_paths_of_this_service_are_gone_to(string? path, string local) => PageGate.Local(path).Should().Be(local);

    [Fact]
    public void A_manifest_reads_back_as_what_it_was_made_of()
    {
        var plugin = new TenantPlugin
        {
            Metadata = new V1ObjectMeta { Name = "twilio", Namespace = "tenant-a", Uid = "u", ResourceVersion = "7", Annotations = new Dictionary<string, string> { ["x"] = "y" } },
            Spec = new TenantPluginSpec
            {
                Plugin = "twilio",
                Version = "1.0",
                Config = System.Text.Json.JsonElement.Parse("""{"a":"true","b":true,"c":"1.0","d":1,"e":"no","f":"a: b # c","g":"line one\nline two","h":[{"i":0.5}],"j":"${vault:a/b}","k":"","l":"null","m":"2026-01-31","n":"+15005550006","o":"- x"}"""),
            },
            Status = new TenantPluginStatus { Phase = PluginPhase.Active },
        };
        var yaml = ManifestYaml.Of(plugin);
        yaml.Should().NotContain("status:").And.NotContain("uid").And.NotContain("resourceVersion");
        var read = YamlText.ToJson(yaml).Single();
        read["metadata"]!.ToJsonString().Should().Be("""{"name":"twilio","namespace":"tenant-a"}""");
        System.Text.Json.Nodes.JsonNode.DeepEquals(read["spec"]!["config"], System.Text.Json.Nodes.JsonNode.Parse(plugin.Spec.Config.Value.GetRawText())).Should().BeTrue(yaml);
        read["spec"]!["version"]!.GetValue<string>().Should().Be("1.0");
    }

    private static IDataProtector Protector(params string[] lines)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection(static protection => protection.ApplicationDiscriminator = "dotmac-admin");
        services.Configure<KeyManagementOptions>(management =>
        {
            management.XmlRepository = new SessionKeys(lines);
            management.AutoGenerateKeys = false;
        });
        return services.BuildServiceProvider().GetDataProtector("test");
    }
}
