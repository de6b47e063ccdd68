using DotMac.Operator.Configuration;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Contract.References;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Secrets;

public sealed class VaultNamesTests
{
    [Theory]
    [InlineData("acme", "twilio", "dotmac-acme-twilio")]
    [InlineData("a-b", "c-d", "dotmac-a-b-c-d")]
    [InlineData("Acme.Inc_1", "twilio", "dotmac-acme.inc_1-twilio")]
    public void Policy_and_role_are_named_after_tenant_and_plugin_in_lower_case_as_Vault_keeps_them(string tenant, string plugin, string name) =>
        VaultNames.Access(tenant, plugin).Should().Be(name);

    [Theory]
    [InlineData("auth/kubernetes", "kubernetes")]
    [InlineData("kubernetes", "kubernetes")]
    [InlineData("/auth/team/k8s/", "team/k8s")]
    [InlineData("authority", "authority")]
    public void A_mount_of_the_login_may_be_written_with_or_without_what_all_have_in_common(string written, string mount) =>
        VaultNames.AuthMount(written).Should().Be(mount);

    [Fact]
    public void Values_and_what_is_noted_about_them_lie_apart()
    {
        var options = new VaultOptions { Mount = "/team/kv/", PathPrefix = "/of/{tenant}/" };
        var secret = VaultNames.Secret(options, "acme", "a/b");
        secret.Should().Be("of/acme/a/b");
        VaultNames.Data(options, secret).Should().Be("team/kv/data/of/acme/a/b");
        VaultNames.Metadata(options, secret).Should().Be("team/kv/metadata/of/acme/a/b");
        VaultNames.Mount(options).Should().Be("team/kv");
    }

    /// <summary>Whatever the parser lets through stays below the tenant's prefix: as it is, and after everything that a proxy or Vault may do to a path.</summary>
    [Property(MaxTest = 3000)]
    public Property No_reference_that_is_accepted_leaves_the_tenants_prefix() => Prop.ForAll(Arb.From(Written), Arb.From(Gen.Elements("acme", "a.b", "A-1_x")), static (text, tenant) =>
    {
        foreach (var reference in Accepted(text))
        {
            var path = VaultNames.Data(new VaultOptions(), VaultNames.Secret(new VaultOptions(), tenant, reference.Path));
            var prefix = $"secret/data/tenants/{tenant}/";
            path.Should().StartWith(prefix);
            path.Split('/').Should().NotContain(["", ".", ".."], "{0}", text);
            path.Should().MatchRegex(@"\A[A-Za-z0-9._~@=,:/-]+\z", "no other character is the same to a URL, a policy and a template");
            new Uri("https://vault/v1/" + path).AbsolutePath.Should().Be("/v1/" + path, "what is sent is what was meant");
            Uri.UnescapeDataString(path).Should().Be(path);
        }
    });

    [Fact]
    public void What_the_property_tries_is_accepted_often_and_refused_often()
    {
        var tried = Gen.Sample(Written, 2000).ToList();
        tried.Count(static text => Accepted(text).Any()).Should().BeInRange(tried.Count / 10, tried.Count * 9 / 10);
    }

    /// <summary>Each way out of the prefix, wherever it stands in the path; the parser's own tests have the columns and the words.</summary>
    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("%2e%2e")]
    [InlineData("..%2f..")]
    [InlineData("%2E.")]
    [InlineData("..\\..")]
    [InlineData("..;")]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("a*")]
    [InlineData("{{identity.entity.id}}")]
    [InlineData("a?version=1")]
    [InlineData("a#")]
    [InlineData("a\u0000")]
    [InlineData("a\"")]
    [InlineData("．．")]
    public void A_way_out_is_refused_wherever_it_stands(string segment)
    {
        foreach (var path in new[] { $"{segment}/a", $"a/{segment}/b", $"a/{segment}" })
        {
            Accepted($"${{vault:{path}/key}}").Should().BeEmpty("{0}", path);
            Accepted($"x-${{vault:ok/key}}-${{vault:{path}/key}}").Should().BeEmpty("one bad reference spoils the string: {0}", path);
        }
    }

    [Theory]
    [InlineData("/secret/data/tenants/globex/twilio/token")]
    [InlineData("//twilio/token")]
    [InlineData("../globex/twilio/token")]
    [InlineData("../../../sys/policies/acl/root/policy")]
    public void Absolute_paths_and_those_upwards_are_refused(string reference) => Accepted($"${{vault:{reference}}}").Should().BeEmpty();

    [Theory]
    [InlineData("secret/data/tenants/globex/twilio/token", "secret/data/tenants/acme/secret/data/tenants/globex/twilio")]
    [InlineData("kv/other/key", "secret/data/tenants/acme/kv/other")]
    [InlineData("tenants/globex/twilio/token", "secret/data/tenants/acme/tenants/globex/twilio")]
    [InlineData("sys/policies/key", "secret/data/tenants/acme/sys/policies")]
    public void Other_mounts_and_other_tenants_are_names_below_the_own_prefix(string reference, string path) =>
        Accepted($"${{vault:{reference}}}").Select(static r => VaultNames.Data(new VaultOptions(), VaultNames.Secret(new VaultOptions(), "acme", r.Path))).Should().Equal(path);

    private static IEnumerable<ConfigReference> Accepted(string text) =>
        ConfigReferences.Scan(System.Text.Json.JsonSerializer.SerializeToElement(new[] { text })).References.Select(static r => r.Reference)
            .Where(static r => r.Kind == ReferenceKind.Vault);

    // Good and bad pieces in every order.
    private static Gen<string> Written =>
        from count in Gen.Choose(1, 5)
        from pieces in Gen.Frequency(
            (30, Gen.Elements("a", "twilio", "Z9", "a.b", "-", "~", "k=v", "a:b", "@x,y")),
            (1, Gen.Elements("..", ".", "", "...", "%2f", "%2e%2e", "%252e", "*", "+", "a*", "\\", "..\\", "?", "#", "{{x}}", " ", "é", "\u202e", "\n", "..;/", "a//b", "/", "$", "\"")))
            .ArrayOf(count)
        from before in Gen.Elements("", "", "", "/", "../", "x")
        select $"${{vault:{before}{string.Join('/', pieces)}/key}}";
}
