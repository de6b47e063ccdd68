using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>Whatever a tenant writes: nothing throws, and nothing of it reaches a template, a command or a policy unescaped.</summary>
[Properties(Arbitrary = [typeof(HostileArbitraries)], MaxTest = 1000)]
public sealed partial class HostileInputTests
{
    private static readonly JsonElement TwilioSchema = JsonElement.Parse(
        YamlText.ToJson(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "catalog", "twilio.yaml"))).Single()["spec"]!["versions"]![0]!["configSchema"]!.ToJsonString());

    [Property]
    public void Validation_never_throws_and_its_messages_stay_on_their_line(HostileSpec spec)
    {
        var plugin = Given.Plugin(spec.Json);
        var errors = TenantPluginValidator.Validate(plugin);
        errors.Should().NotContain(static error => error.Message.Contains('\n', StringComparison.Ordinal));
        var verdict = Evaluator.Of(plugin, Given.NamespaceOf(), Given.Definition()).Config;
        if (errors.Count > 0)
        {
            verdict.Reason.Should().Be(ConditionReasons.SpecInvalid);
        }
    }

    [Property]
    public void A_config_is_judged_by_a_schema_without_an_exception(HostileSpec spec) =>
        ConfigValidator.Validate(Given.Plugin(spec.Json).Spec.Config, TwilioSchema).Should().NotBeEmpty("random texts are no account");

    [Property]
    public bool What_is_valid_reaches_templates_commands_and_files_only_as_a_path_below_the_tenants_prefix(HostileSpec spec)
    {
        var plugin = Given.Plugin(spec.Json);
        var evaluation = Evaluator.Of(plugin, Given.NamespaceOf(), Given.Definition());
        if (!evaluation.IsValid)
        {
            return true;
        }

        foreach (var injection in new[] { VaultInjection.Injector, VaultInjection.Sidecar })
        {
            var inputs = new DesiredInputs(
                plugin,
                evaluation.Effective with { VaultInjection = injection },
                [.. evaluation.References.Select(static r => r.Reference)],
                Given.Tenant,
                Given.Keys,
                new OperatorOptions { Vault = new VaultOptions { Address = new Uri("https://vault:8200") } });
            var pod = Given.Desired<V1Deployment>(inputs).Spec!.Template!;
            foreach (var (key, value) in pod.Metadata!.Annotations!)
            {
                (key.Contains("/agent-inject-template-", StringComparison.Ordinal) ? IsTemplate(value) : Harmless().IsMatch(value)).Should().BeTrue("{0}: {1}", key, value);
            }

            foreach (var container in pod.Spec!.Containers!.Concat(pod.Spec.InitContainers ?? []))
            {
                container.Env!.Where(static e => e.Value is not null).Should().OnlyContain(static e => Harmless().IsMatch(e.Value!));
                container.ReadinessProbe?.Exec?.Command![^1].Should().MatchRegex(@"^test -s /vault/secrets/[a-z0-9-]+( && test -s /vault/secrets/[a-z0-9-]+)*\z");
            }

            if (injection == VaultInjection.Sidecar && inputs.UsesVault)
            {
                var agent = JsonNode.Parse(AgentConfiguration.Of(inputs, once: false))!;
                agent["template"]!.AsArray().Should().OnlyContain(static t => IsTemplate(t!["contents"]!.GetValue<string>()) && FileName().IsMatch(t["destination"]!.GetValue<string>()));
                agent["auto_auth"]!["method"]!["config"]!["role"]!.GetValue<string>().Should().MatchRegex(@"^[A-Za-z0-9._-]+\z");
            }
        }

        return true;
    }

    [Fact]
    public void The_generator_makes_specs_that_are_valid_and_refer_to_Vault()
    {
        // Or the property above would say nothing.
        var specs = FsCheck.Fluent.Gen.Sample(HostileArbitraries.Specs().Generator, 500);
        specs.Count(static spec => Evaluator.Of(Given.Plugin(spec.Json), Given.NamespaceOf(), Given.Definition()) is { IsValid: true, RefersToVault: true }).Should().BeGreaterThan(50);
        specs.Count(static spec => !Evaluator.Of(Given.Plugin(spec.Json), Given.NamespaceOf(), Given.Definition()).IsValid).Should().BeGreaterThan(100);
    }

    private static bool IsTemplate(string text) =>
        Template().Match(text) is { Success: true } match && match.Groups[1].Value.Split('/').All(static segment => segment is not ("" or "." or ".."));

    [GeneratedRegex("""^\{\{- with secret "secret/data/tenants/acme/([A-Za-z0-9/_.~@=,:-]+)" -\}\}\{\{ \.Data\.data \| toJSON \}\}\{\{- end -\}\}\z""")]
    private static partial Regex Template();

    [GeneratedRegex(@"^[A-Za-z0-9/_.~@=,:-]*\z")]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^/vault/secrets/[a-z0-9-]+\z")]
    private static partial Regex FileName();
}
