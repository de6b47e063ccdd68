using System.CommandLine;
using DotMac.Operator.Configuration;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Configuration;

public sealed class OperatorCommandTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("15s", 15_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void Durations_are_a_number_with_a_unit(string text, int milliseconds)
    {
        var parsed = Parse("--probe-interval", text);
        parsed.Errors.Should().BeEmpty();
        parsed.GetValue<TimeSpan>("--probe-interval").Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("15")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("1d")]
    [InlineData("1e9s")]
    [InlineData("NaNs")]
    [InlineData("1,5s")]
    [InlineData("00:00:15")]
    [InlineData("9999999h")]
    public void What_is_no_duration_is_refused_with_the_flag_and_an_example(string text)
    {
        foreach (var flag in new[] { "--probe-interval", "--status-metrics-interval", "--vault-render-interval", "--vault-recheck-interval", "--vault-rotation-interval" })
        {
            Error(flag, text).Should().Contain(flag).And.Contain(text).And.Contain("15s");
        }
    }

    [Theory]
    [InlineData("--image-registry", "https://registry.local", "registry.local:5000/mirror")]
    [InlineData("--image-pull-secrets", "one,Two", "'Two'")]
    public void Where_images_come_from_is_checked(string flag, string text, string advice)
    {
        Error(flag, text).Should().Contain(flag).And.Contain(advice);
        Parse("--image-registry", "registry.local:5000/mirror", "--image-pull-secrets", "one, two").Errors.Should().BeEmpty();
    }

    [Fact]
    public void Without_flags_the_defaults_hold()
    {
        var parsed = Parse();
        parsed.Errors.Should().BeEmpty();
        parsed.GetValue<TimeSpan>("--probe-interval").Should().Be(TimeSpan.FromSeconds(15));
        parsed.GetValue<TimeSpan>("--status-metrics-interval").Should().Be(TimeSpan.FromSeconds(60));
        parsed.GetValue<int>("--workers").Should().Be(16);
        parsed.GetValue<string>("--metrics-bind-address").Should().Be(":8081");
        parsed.GetValue<ProbeRoute>("--probe-route").Should().Be(ProbeRoute.Auto);
        parsed.GetValue<string>("--vault-path-prefix").Should().Be("tenants/{tenant}");
        parsed.GetValue<Uri?>("--vault-address").Should().BeNull();
        parsed.GetValue<string>("--vault-role").Should().Be("dotmac-operator");
        parsed.GetValue<VaultInjection>("--vault-injection").Should().Be(VaultInjection.Injector);
        parsed.GetValue<TimeSpan>("--vault-recheck-interval").Should().Be(TimeSpan.FromMinutes(5));
        parsed.GetValue<TimeSpan>("--vault-rotation-interval").Should().Be(TimeSpan.FromMinutes(5));
        parsed.GetValue<TimeSpan>("--vault-render-interval").Should().Be(TimeSpan.FromSeconds(15));
        parsed.GetValue<bool>("--plugin-metrics").Should().BeTrue();
        parsed.GetValue<int>("--plugin-metrics-limit").Should().Be(20_000);
        parsed.GetValue<string[]>("--metrics-namespace").Should().BeEmpty();
        parsed.GetValue<bool>("--webhook").Should().BeTrue();
        parsed.GetValue<int>("--webhook-port").Should().Be(9443);
    }

    [Fact]
    public void Metrics_of_every_plugin_can_be_turned_off_and_bounded()
    {
        var parsed = Parse("--plugin-metrics=false", "--plugin-metrics-limit", "500", "--metrics-namespace", "a", "--metrics-namespace", "b");
        parsed.Errors.Should().BeEmpty();
        parsed.GetValue<bool>("--plugin-metrics").Should().BeFalse();
        parsed.GetValue<int>("--plugin-metrics-limit").Should().Be(500);
        parsed.GetValue<string[]>("--metrics-namespace").Should().Equal("a", "b");
        Error("--plugin-metrics-limit", "-1").Should().Contain("--plugin-metrics=false");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("-1")]
    [InlineData("many")]
    public void A_number_of_workers_that_makes_no_sense_is_refused(string text) => Error("--workers", text).Should().Contain("--workers");

    [Theory]
    [InlineData("--status-writes-per-second", "0")]
    [InlineData("--status-writes-per-second", "lots")]
    [InlineData("--audit-file-keep", "-1")]
    [InlineData("--webhook-port", "65536")]
    [InlineData("--audit-file-keep", "ten")]
    [InlineData("--audit-file-max-size", "1")]
    [InlineData("--audit-file-max-size", "100 MB")]
    [InlineData("--audit-file-max-size", "")]
    public void What_would_bound_nothing_or_keep_nothing_is_refused(string flag, string value) => Error(flag, value).Should().Contain(flag);

    [Theory]
    [InlineData("tenants")]
    [InlineData("")]
    [InlineData("{Tenant}")]
    public void A_prefix_that_all_tenants_would_share_is_refused(string prefix) =>
        Error("--vault-path-prefix", prefix).Should().Contain("--vault-path-prefix").And.Contain("{tenant}");

    [Theory]
    [InlineData("vault")]
    [InlineData("vault:8200")]
    [InlineData("ftp://vault")]
    [InlineData("/var/run/vault")]
    public void An_address_without_its_scheme_is_refused(string address) =>
        Error("--vault-address", address).Should().Contain("--vault-address").And.Contain("https://vault:8200");

    [Theory]
    [InlineData("https://vault.vault.svc:8200")]
    [InlineData("http://10.0.0.1:8200/")]
    public void An_address_of_Vault_is_a_URL(string address)
    {
        var parsed = Parse("--vault-address", address);
        parsed.Errors.Should().BeEmpty();
        parsed.GetValue<Uri?>("--vault-address").Should().Be(new Uri(address));
    }

    [Fact]
    public void Every_flag_takes_a_value()
    {
        // A type that the parser cannot read shows only when somebody sets it.
        Parse(
            "--kubeconfig", "k", "--context", "c", "--metrics-bind-address", "127.0.0.1:0", "--workers", "4", "--probe-interval", "1s",
            "--status-metrics-interval", "1s", "--probe-route", "ApiServer", "--operator-namespace", "ops", "--image-pull-policy", "Never",
            "--vault-address", "https://vault:8200", "--vault-mount", "kv", "--vault-path-prefix", "{tenant}", "--vault-auth-path", "auth/k8s",
            "--vault-namespace", "team/a", "--vault-ca-cert", "/ca.crt", "--vault-tls-secret", "vault-ca", "--vault-role", "me", "--vault-token-file", "/token",
            "--vault-injection", "Sidecar", "--vault-agent-image", "openbao:2", "--vault-render-interval", "1m", "--vault-recheck-interval", "10m",
            "--vault-rotation-interval", "1h", "--status-writes-per-second", "100", "--audit-stdout", "false", "--audit-file", "/a", "--audit-key-file", "/k",
            "--audit-file-max-size", "10Mi", "--audit-file-keep", "3", "--webhook", "false", "--webhook-port", "0", "--webhook-certificate-directory", "/c",
            "--webhook-address", "127.0.0.1", "--webhook-address", "hooks.example")
            .Errors.Should().BeEmpty();
        foreach (var option in OperatorCommand.Create().Options.Where(static o => o.ValueType == typeof(Uri)))
        {
            Parse(option.Name, "https://example.com:1234").Errors.Should().BeEmpty();
            Error(option.Name, "example.com").Should().Contain(option.Name);
        }
    }

    [Theory]
    [InlineData("--image-pull-policy", "Sometimes", "IfNotPresent")]
    [InlineData("--probe-route", "Carrier-Pigeon", "--probe-route")]
    [InlineData("--vault-injection", "Magic", "--vault-injection")]
    [InlineData("--no-such-flag", "x", "--no-such-flag")]
    public void Other_values_that_are_not_known_are_named(string flag, string value, string told) => Error(flag, value).Should().Contain(told);

    [Fact]
    public async Task Crds_writes_one_file_a_definition_as_they_are_in_the_repository()
    {
        var directory = Directory.CreateTempSubdirectory("dotmac-crds-");
        try
        {
            var code = await OperatorCommand.Create().Parse(["crds", "--output", Path.Combine(directory.FullName, "new")]).InvokeAsync();
            code.Should().Be(0);
            var written = directory.GetDirectories("new").Single().GetFiles();
            written.Select(static f => f.Name).Should().HaveCount(2);
            foreach (var file in written)
            {
                var text = await File.ReadAllTextAsync(file.FullName);
                text.Should().Be(await File.ReadAllTextAsync(Path.Combine(Testing.RepositoryRoot.Path, "crds", file.Name)), "make crds writes {0}", file.Name);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static ParseResult Parse(params string[] arguments) => OperatorCommand.Create().Parse(arguments);

    private static string Error(params string[] arguments)
    {
        var errors = Parse(arguments).Errors;
        errors.Should().NotBeEmpty("{0} is to be refused", string.Join(' ', arguments));
        return string.Join('\n', errors.Select(static e => e.Message));
    }
}
