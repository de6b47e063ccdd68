using System.Net;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.StandIns.Vault;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Secrets;

namespace DotMac.Operator.Tests.Secrets;

/// <summary>Against a Vault that lets the operator do what its documented policy says, and no more.</summary>
public sealed class PluginVaultTests : IAsyncLifetime
{
    private const string Name = "dotmac-acme-twilio";
    private const string ByHand = """path "secret/data/mine" { capabilities = ["read"] }""";

    private VaultSetup _vault = null!;

    public async Task InitializeAsync() => _vault = await VaultSetup.StartAsync();

    public async Task DisposeAsync()
    {
        _vault.Log.Text.Should().NotContain(VaultSetup.Canary);
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task It_makes_policy_and_role_and_finds_the_secrets_without_reading_a_value()
    {
        var access = VaultSetup.Wants("twilio/auth_token", "shared/keys/value");
        var outcome = await EnsureAsync(access);
        outcome.Verdict.Should().BeEquivalentTo(new { Status = "True", Reason = "SecretsFound" });
        outcome.Versions.Should().MatchRegex("^[0-9a-f]{16}$");
        outcome.LookAgain.Should().BeCloseTo(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(31));
        var asked = _vault.Asked();
        asked.Where(static e => !e.StartsWith("GET ", StringComparison.Ordinal)).Should().Equal($"PUT sys/policies/acl/{Name}", $"POST auth/kubernetes/role/{Name}");
        asked.Should().NotContain(static e => e.Contains("/data/", StringComparison.Ordinal));
        (await _vault.Root.Policies.ReadAsync(Name)).Should().Be(PluginPolicy.Of(access, _vault.Options, VaultSetup.Cluster));
        PluginRole.Of(access, _vault.Options).IsSameAs(await _vault.Root.KubernetesAuth().ReadRoleAsync(Name)).Should().BeTrue();
    }

    [Fact]
    public async Task The_plugins_agent_can_log_in_and_read_its_secrets_and_nobody_elses()
    {
        await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        var login = await _vault.Root.KubernetesAuth().LoginAsync(Name, new SecretValue("tenant-acme/twilio"));
        login.Token.Should().NotBeNull();
        var agent = _vault.As(login.Token.Reveal());
        (await agent.KeyValue().ReadAsync("tenants/acme/twilio"))!.Fields["auth_token"].Reveal().Should().Be(VaultSetup.Canary);
        (await _vault.AnswerAsync("GET", "secret/data/tenants/globex/twilio", login.Token.Reveal())).Should().Be(HttpStatusCode.Forbidden);
        foreach (var other in new[] { "tenant-globex/twilio", "tenant-acme/slack" })
        {
            await FluentActions.Awaiting(() => _vault.Root.KubernetesAuth().LoginAsync(Name, new SecretValue(other))).Should().ThrowAsync<DotMac.Vault.Client.VaultException>();
        }
    }

    [Fact]
    public async Task The_second_time_it_writes_nothing_and_before_its_time_it_does_not_even_ask()
    {
        var access = VaultSetup.Wants("twilio/auth_token");
        var first = await EnsureAsync(access);
        _vault.Asked();
        var second = await EnsureAsync(access);
        second.Should().Be(first);
        _vault.Clock.Advance(TimeSpan.FromMinutes(4));
        (await EnsureAsync(access)).LookAgain.Should().Be(first.LookAgain - TimeSpan.FromMinutes(4));
        _vault.Asked().Should().BeEmpty();

        _vault.Clock.Advance(TimeSpan.FromMinutes(2));
        (await EnsureAsync(access)).Versions.Should().Be(first.Versions);
        (await _vault.Create().EnsureAsync(access, false, default)).Versions.Should().Be(first.Versions, "an operator that was restarted comes to the same");
        _vault.Asked().Should().HaveCount(8).And.OnlyContain(static e => e.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_is_to_watch_it_looks_at_sooner() =>
        (await _vault.Access.EnsureAsync(VaultSetup.Wants("twilio/auth_token"), watchVersions: true, default)).LookAgain
            .Should().BeCloseTo(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1.6));

    [Fact]
    public async Task Changed_references_change_the_policy_at_once_and_leave_the_role_alone()
    {
        await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        _vault.Asked();
        var changed = VaultSetup.Wants("shared/keys/value");
        (await EnsureAsync(changed)).Verdict.IsTrue.Should().BeTrue();
        _vault.Written().Should().Equal($"PUT sys/policies/acl/{Name}");
        (await _vault.Root.Policies.ReadAsync(Name)).Should().Contain("shared/keys").And.NotContain("acme/twilio\"");
    }

    [Fact]
    public async Task What_somebody_edited_is_put_back()
    {
        var access = VaultSetup.Wants("twilio/auth_token");
        await EnsureAsync(access);
        var policy = PluginPolicy.Of(access, _vault.Options, VaultSetup.Cluster);
        await _vault.Root.Policies.WriteAsync(Name, policy + """path "secret/data/*" { capabilities = ["read"] }""");
        await _vault.Root.KubernetesAuth().WriteRoleAsync(Name, PluginRole.Of(access, _vault.Options) with { TokenPolicies = [Name, "root"], Audience = null });
        _vault.Clock.Advance(TimeSpan.FromMinutes(6));
        await EnsureAsync(access);
        (await _vault.Root.Policies.ReadAsync(Name)).Should().Be(policy);
        PluginRole.Of(access, _vault.Options).IsSameAs(await _vault.Root.KubernetesAuth().ReadRoleAsync(Name)).Should().BeTrue();
    }

    [Theory]
    [InlineData("# Written by dotmac-operator for TenantPlugin tenant-globex/twilio of cluster " + VaultSetup.Cluster, "TenantPlugin tenant-globex/twilio")]
    [InlineData("# Written by dotmac-operator for TenantPlugin tenant-acme/twilio of cluster other", "of cluster other")]
    [InlineData(ByHand, "somebody else")]
    [InlineData("\n# Written by dotmac-operator for TenantPlugin tenant-acme/twilio of cluster " + VaultSetup.Cluster, "somebody else")]
    public async Task A_policy_of_its_name_that_is_anothers_is_named_and_not_touched(string policy, string owner)
    {
        policy = policy == ByHand ? policy : policy + "\n" + ByHand;
        _vault.Server.WritePolicy(Name, policy);
        var outcome = await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        outcome.Verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "VaultNameTaken" });
        outcome.Verdict.Message.Should().Contain(Name).And.Contain(owner).And.Contain("another name").And.Contain("spec.vault.role");
        (await _vault.Access.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default)).Should().BeNull();
        _vault.Written().Should().BeEmpty();
        (await _vault.Root.Policies.ReadAsync(Name)).Should().Be(policy);
    }

    [Theory]
    [InlineData("*", "tenant-acme")]
    [InlineData("twilio", "tenant-globex")]
    [InlineData("other", "tenant-acme")]
    public async Task A_role_of_its_name_that_is_anothers_is_named_and_not_touched(string name, string ns)
    {
        await _vault.Root.KubernetesAuth().WriteRoleAsync(Name, new KubernetesRole { ServiceAccountNames = [name], ServiceAccountNamespaces = [ns], Audience = "vault" });
        _vault.Asked();
        var outcome = await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        outcome.Verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "VaultNameTaken" });
        outcome.Verdict.Message.Should().Contain("role " + Name).And.Contain(name).And.Contain(ns);
        _vault.Written().Should().BeEmpty("a policy that somebody else's role names would be a gift");
    }

    [Fact]
    public async Task A_name_that_becomes_free_is_taken()
    {
        _vault.Server.WritePolicy(Name, ByHand);
        var taken = await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        await _vault.Root.Policies.DeleteAsync(Name);
        _vault.Clock.Advance(taken.LookAgain!.Value);
        (await EnsureAsync(VaultSetup.Wants("twilio/auth_token"))).Verdict.IsTrue.Should().BeTrue();
    }

    [Fact]
    public async Task Of_two_plugins_whose_names_come_to_the_same_one_gets_it_even_when_both_come_at_once()
    {
        var one = VaultSetup.Wants("twilio/auth_token") with { Namespace = "one", Tenant = "a-b", Plugin = "c" };
        var two = one with { Namespace = "two", Tenant = "a", Plugin = "b-c" };
        one.Name.Should().Be(two.Name);
        await _vault.WriteAsync("tenants/a-b/twilio", "auth_token");
        await _vault.WriteAsync("tenants/a/twilio", "auth_token");
        var outcomes = await Task.WhenAll(EnsureAsync(one), EnsureAsync(two));
        outcomes.Select(static o => o.Verdict.Reason).Should().BeEquivalentTo("SecretsFound", "VaultNameTaken");
    }

    [Fact]
    public async Task A_role_of_the_users_own_is_left_to_the_user_and_the_secrets_are_looked_at_all_the_same()
    {
        (await EnsureAsync(VaultSetup.Wants("twilio/auth_token") with { OwnRole = "mine" })).Verdict.IsTrue.Should().BeTrue();
        (await EnsureAsync(VaultSetup.Wants("gone/key") with { OwnRole = "mine" })).Verdict.Reason.Should().Be("SecretNotFound");
        _vault.Asked().Should().OnlyContain(static e => e.StartsWith("GET secret/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_told_with_its_field_and_the_command_that_writes_it()
    {
        var outcome = await EnsureAsync(VaultSetup.Wants("twilio/auth_token", "gone/a/key"));
        outcome.Verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        outcome.Verdict.Message.Should().Contain("/spec/config/f1").And.Contain("is not there").And.Contain("vault kv put -mount=secret tenants/acme/gone/a key=");
        outcome.Versions.Should().BeNull();
        outcome.LookAgain.Should().BeLessThan(TimeSpan.FromSeconds(17), "somebody is about to write it");
    }

    [Theory]
    [InlineData("DELETE", "secret/data/tenants/acme/twilio", null)]
    [InlineData("POST", "secret/destroy/tenants/acme/twilio", """{"versions":[1]}""")]
    [InlineData("POST", "secret/delete/tenants/acme/twilio", """{"versions":[1]}""")]
    public async Task One_that_was_deleted_is_told_to_be(string method, string path, string? body)
    {
        await _vault.AnswerAsync(method, path, _vault.Server.RootToken, body);
        var verdict = (await EnsureAsync(VaultSetup.Wants("twilio/auth_token"))).Verdict;
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        verdict.Message.Should().Contain("/spec/config/f0").And.Contain("was deleted").And.Contain("vault kv put");
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_told_with_its_field_and_the_command_that_adds_it()
    {
        var verdict = (await EnsureAsync(VaultSetup.Wants("twilio/auth_token", "twilio/Auth_Token"))).Verdict;
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        verdict.Message.Should().Contain("/spec/config/f1").And.Contain("key Auth_Token").And.Contain("vault kv patch -mount=secret tenants/acme/twilio Auth_Token=");
    }

    [Fact]
    public async Task A_path_that_is_too_long_to_be_asked_for_is_a_mistake_of_the_config_and_no_failure()
    {
        var verdict = (await EnsureAsync(VaultSetup.Wants($"{new string('a', 1100)}/key"))).Verdict;
        verdict.Should().BeEquivalentTo(new { Status = "False", Reason = "SecretNotFound" });
        verdict.Message.Should().Contain("/spec/config/f0").And.Contain("shorter");
    }

    [Fact]
    public async Task A_Vault_that_does_not_tell_keys_is_believed_to_have_them()
    {
        _vault.Server.WritePolicy("older", VaultSetup.OperatorPolicy.Replace("secret/subkeys/", "secret/older/", StringComparison.Ordinal));
        using var client = _vault.As(_vault.Server.IssueToken(null, "older"));
        (await _vault.Create(client).EnsureAsync(VaultSetup.Wants("twilio/no_such_key"), false, default)).Verdict.IsTrue.Should().BeTrue();
        (await _vault.Create(client).EnsureAsync(VaultSetup.Wants("gone/key"), false, default)).Verdict.IsFalse.Should().BeTrue();
    }

    public static TheoryData<string, string, string> Troubles { get; } = new()
    {
        { "sealed", "VaultSealed", "unseal" },
        { "uninitialized", "VaultSealed", "Vault" },
        { "forbidden", "VaultForbidden", "docs/security.md" },
        { "unreachable", "VaultUnavailable", "no answer" },
        { "limited", "VaultUnavailable", "quota" },
        { "proxy", "VaultUnavailable", "502" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_with_Vault_is_not_known_and_never_no(string trouble, string reason, string told)
    {
        var access = VaultSetup.Wants("twilio/auth_token");
        var vault = _vault.Access;
        switch (trouble)
        {
            case "sealed":
                _vault.Server.IsSealed = true;
                break;
            case "uninitialized":
                _vault.Server.Role = NodeRole.Uninitialized;
                break;
            case "forbidden":
                vault = _vault.Create(_vault.As(_vault.Server.IssueToken()));
                break;
            case "unreachable":
                await _vault.Server.DisposeAsync();
                break;
            case "limited":
                _vault.Server.RateLimitNext();
                break;
            default:
                _vault.Server.AnswerNext(new PreparedAnswer(502, "<html>Bad Gateway</html>"));
                break;
        }

        var outcome = await vault.EnsureAsync(access, false, default);
        outcome.Verdict.Should().BeEquivalentTo(new { Status = "Unknown", Reason = reason });
        outcome.Verdict.Message.Should().Contain(told).And.Contain("Pods that run are left alone").And.NotContain("..");
        outcome.Versions.Should().BeNull("what is not known rolls nothing");
        outcome.LookAgain.Should().NotBeNull().And.BeGreaterThan(TimeSpan.FromSeconds(1)).And.BeLessThan(TimeSpan.FromMinutes(2));
        (await vault.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default)).Should().NotBeNullOrEmpty("who waits is told for what")
            .And.NotContain(VaultSetup.Canary);
    }

    [Fact]
    public async Task While_Vault_is_down_one_plugin_asks_for_all_and_when_it_is_back_all_are_told()
    {
        _vault.Server.IsSealed = true;
        for (var i = 0; i < 100; i++)
        {
            (await EnsureAsync(Plugin(i))).Verdict.Reason.Should().Be("VaultSealed");
        }

        _vault.Asked().Should().HaveCount(1);
        _vault.Clock.Advance(TimeSpan.FromSeconds(6));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => EnsureAsync(Plugin(i))));
        _vault.Asked().Should().HaveCount(1);

        _vault.Server.IsSealed = false;
        _vault.Clock.Advance(TimeSpan.FromSeconds(11));
        (await EnsureAsync(Plugin(7))).Verdict.IsTrue.Should().BeTrue();
        (await EnsureAsync(Plugin(8))).Verdict.IsTrue.Should().BeTrue();

        static PluginAccess Plugin(int i) => VaultSetup.Wants("twilio/auth_token") with { Plugin = $"plugin-{i}" };
    }

    [Fact]
    public async Task A_Vault_that_answers_again_though_it_refuses_is_down_no_more()
    {
        _vault.Server.IsSealed = true;
        await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        _vault.Server.IsSealed = false;
        _vault.Server.Revoke(_vault.OperatorToken);
        _vault.Clock.Advance(TimeSpan.FromSeconds(6));
        (await EnsureAsync(VaultSetup.Wants("twilio/auth_token"))).Verdict.Reason.Should().Be("VaultForbidden");
        (await EnsureAsync(VaultSetup.Wants("twilio/auth_token") with { Plugin = "slack" })).Verdict.Reason.Should().Be("VaultForbidden", "it is not sealed any more");
    }

    [Fact]
    public async Task What_was_found_stands_while_Vault_is_away_until_it_is_time_to_look_again()
    {
        var access = VaultSetup.Wants("twilio/auth_token");
        await EnsureAsync(access);
        _vault.Server.IsSealed = true;
        _vault.Clock.Advance(TimeSpan.FromMinutes(4));
        (await EnsureAsync(access)).Verdict.IsTrue.Should().BeTrue();
        _vault.Clock.Advance(TimeSpan.FromMinutes(2));
        (await EnsureAsync(access)).Verdict.Reason.Should().Be("VaultSealed");
    }

    [Fact]
    public async Task The_versions_change_with_a_new_version_of_a_secret_and_not_otherwise()
    {
        var access = VaultSetup.Wants("twilio/auth_token", "shared/keys/value");
        var seen = new List<string?> { await VersionsAsync(access) };
        await _vault.AnswerAsync("POST", "secret/metadata/tenants/acme/twilio", _vault.Server.RootToken, """{"custom_metadata":{"owner":"me"}}""");
        await _vault.WriteAsync("tenants/acme/slack", "key");
        (await VersionsAsync(access)).Should().Be(seen[0], "neither a note nor another secret is a new version");
        (await VersionsAsync(VaultSetup.Wants("shared/keys/value", "twilio/account_sid", "twilio/auth_token"))).Should().Be(seen[0], "the same secrets in other words");

        await _vault.WriteAsync("tenants/acme/twilio", "auth_token");
        seen.Add(await VersionsAsync(access));
        await _vault.WriteAsync("tenants/acme/shared/keys", "value");
        seen.Add(await VersionsAsync(access));

        await _vault.AnswerAsync("DELETE", "secret/metadata/tenants/acme/shared/keys", _vault.Server.RootToken);
        (await VersionsAsync(access)).Should().BeNull();
        await _vault.WriteAsync("tenants/acme/shared/keys", "value");
        await _vault.WriteAsync("tenants/acme/shared/keys", "value");
        seen.Add(await VersionsAsync(access));
        seen.Should().OnlyHaveUniqueItems("a secret that was taken away and written anew counts from 1 again");
        seen.Should().NotContainNulls();
    }

    [Fact]
    public async Task Removing_takes_the_role_first_and_the_policy_last()
    {
        await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        _vault.Asked();
        (await _vault.Access.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default)).Should().BeNull();
        _vault.Written().Should().Equal($"DELETE auth/kubernetes/role/{Name}", $"DELETE sys/policies/acl/{Name}");
        (await _vault.Root.Policies.ReadAsync(Name)).Should().BeNull();
        (await _vault.Root.KubernetesAuth().ReadRoleAsync(Name)).Should().BeNull();
        _vault.Asked();
        (await _vault.Access.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default)).Should().BeNull("what is gone is gone");
        _vault.Written().Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_removed_is_made_anew_when_it_is_wanted_again()
    {
        await EnsureAsync(VaultSetup.Wants("twilio/auth_token"));
        await _vault.Access.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default);
        (await EnsureAsync(VaultSetup.Wants("twilio/auth_token"))).Verdict.IsTrue.Should().BeTrue();
        (await _vault.Root.Policies.ReadAsync(Name)).Should().NotBeNull("what is remembered of it was forgotten with it");
    }

    [Theory]
    [InlineData("tenant-globex", "twilio", VaultSetup.Cluster)]
    [InlineData(Given.Namespace, "slack", VaultSetup.Cluster)]
    [InlineData(Given.Namespace, "twilio", "other")]
    public async Task What_bears_anothers_mark_is_not_removed(string ns, string plugin, string cluster)
    {
        _vault.Server.WritePolicy(Name, new AccessMark(cluster, ns, plugin) + "\n" + ByHand);
        await _vault.Root.KubernetesAuth().WriteRoleAsync(Name, new KubernetesRole { ServiceAccountNames = [plugin], ServiceAccountNamespaces = [ns], Audience = "vault" });
        _vault.Asked();
        (await _vault.Access.RemoveAsync(Given.Namespace, "twilio", Given.Tenant, default)).Should().BeNull();
        _vault.Written().Should().BeEmpty();
    }

    /// <summary>All tests of this class are done with the operator's documented policy; these are what it must not suffice for.</summary>
    [Theory]
    [InlineData("GET", "secret/data/tenants/acme/twilio")]
    [InlineData("POST", "secret/data/tenants/acme/twilio")]
    [InlineData("DELETE", "secret/metadata/tenants/acme/twilio")]
    [InlineData("GET", "secret/metadata/tenants/acme/?list=true")]
    [InlineData("GET", "secret/metadata/platform/database")]
    [InlineData("PUT", "sys/policies/acl/default")]
    [InlineData("GET", "sys/policies/acl/somebody-elses")]
    [InlineData("PUT", "sys/policies/acl/dotmac-operator")]
    [InlineData("GET", "sys/policies/acl/dotmac-operator")]
    [InlineData("POST", "auth/kubernetes/role/dotmac-operator")]
    [InlineData("POST", "auth/kubernetes/role/other")]
    [InlineData("POST", "auth/kubernetes/config")]
    [InlineData("POST", "auth/token/create")]
    [InlineData("PUT", "sys/seal")]
    public async Task The_operators_own_policy_opens_no_value_and_nothing_that_is_not_a_plugins(string method, string path) =>
        (await _vault.AnswerAsync(method, path, _vault.OperatorToken, method == "GET" ? null : """{"policy":"path \"*\" { capabilities = [\"sudo\"] }","data":{}}"""))
            .Should().Be(HttpStatusCode.Forbidden);

    private Task<SecretsOutcome> EnsureAsync(PluginAccess access) => _vault.Access.EnsureAsync(access, watchVersions: false, default);

    private async Task<string?> VersionsAsync(PluginAccess access)
    {
        _vault.Clock.Advance(TimeSpan.FromMinutes(6));
        return (await EnsureAsync(access)).Versions;
    }
}
