using System.Net;
using System.Text.Json;
using DotMac.Admin.Problems;
using DotMac.Admin.Views;
using DotMac.Admin.Waiting;
using DotMac.Admin.Writing;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tests.Writing;

public sealed class WritingTests
{
    [Theory]
    [InlineData(null, true, null)]
    [InlineData(true, true, null)]
    [InlineData(false, true, """{"spec":{"enabled":true}}""")]
    [InlineData(null, false, """{"spec":{"enabled":false}}""")]
    [InlineData(false, false, null)]
    public void Switching_changes_what_is_not_so_already(bool? before, bool wanted, string? patch) =>
        Intents.Enable(Plugin(spec => spec.Enabled = before), wanted)?.ToJsonString().Should().Be(patch);

    [Fact]
    public void A_spec_is_replaced_by_what_differs_and_what_is_gone_is_taken_away()
    {
        var plugin = Plugin(static spec => spec.Config = JsonElement.Parse("""{"a":1,"b":2}"""));
        var copy = Intents.Copy(plugin);
        copy.Spec.Config = JsonElement.Parse("""{"a":1,"c":3}""");
        Intents.Replace(plugin, copy.Spec)!.ToJsonString().Should().Be("""{"spec":{"config":{"c":3,"b":null}}}""");
        plugin.Spec.Config!.Value.GetRawText().Should().Be("""{"a":1,"b":2}""", "what caches hold is nobody's to change");
        Intents.Replace(plugin, Intents.Copy(plugin).Spec).Should().BeNull();
    }

    [Theory]
    [InlineData(401, null, 401)]
    [InlineData(403, null, 403)]
    [InlineData(404, null, 404)]
    [InlineData(409, "AlreadyExists", 409)]
    [InlineData(409, "Conflict", 409)]
    [InlineData(422, "Invalid", 422)]
    [InlineData(429, null, 503)]
    [InlineData(503, null, 503)]
    [InlineData(500, null, 502)]
    public void What_the_API_server_refuses_is_refused_in_kind(int code, string? reason, int expected) =>
        ApiRefusal.Of(new ApiException("PATCH x", (HttpStatusCode)code, new V1Status { Code = code, Reason = reason, Message = "m" }), isConditional: false, null).Problem.Status.Should().Be(expected);

    [Fact]
    public void A_conflict_with_what_was_read_is_a_failed_condition() =>
        ApiRefusal.Of(new ApiException("PATCH x", HttpStatusCode.Conflict, new V1Status { Reason = "Conflict" }), isConditional: true, null).Problem.Status.Should().Be(412);

    [Fact]
    public void Causes_become_errors_of_fields()
    {
        var status = new V1Status { Details = new V1StatusDetails { Causes = [new V1StatusCause { Field = "spec.config.accountSid", Message = "is odd" }, new V1StatusCause { Field = "/spec/version", Message = "is old" }] } };
        var problem = ApiRefusal.Of(new ApiException("POST x", HttpStatusCode.UnprocessableEntity, status), isConditional: false, null).Problem;
        problem.Errors.Should().Equal(new FieldError("/config_data/accountSid", "is odd"), new FieldError("/version", "is old"));
    }

    [Theory]
    [InlineData(1, 1, PluginPhase.Active, true)]
    [InlineData(1, 1, PluginPhase.Failed, true)]
    [InlineData(1, 1, PluginPhase.Installing, false)]
    [InlineData(1, 1, PluginPhase.Pending, false)]
    [InlineData(2, 1, PluginPhase.Active, false)]
    [InlineData(1, null, PluginPhase.Active, false)]
    public void A_change_is_waited_for_until_the_operator_has_acted_upon_it(int generation, int? observed, PluginPhase phase, bool expected)
    {
        var plugin = Plugin(static _ => { });
        plugin.Metadata.Generation = generation;
        plugin.Status = new TenantPluginStatus { ObservedGeneration = observed, Phase = phase };
        Settled.Is(plugin).Should().Be(expected);
        Settled.Is(null).Should().BeTrue("there is nothing to wait for in what is gone");
    }

    [Fact]
    public void A_revision_that_is_tried_is_not_the_end()
    {
        var plugin = Plugin(static _ => { });
        plugin.Metadata.Generation = 1;
        plugin.Status = new TenantPluginStatus { ObservedGeneration = 1, Phase = PluginPhase.Active, Rollout = new TenantPluginRollout() };
        Settled.Is(plugin).Should().BeFalse();
        plugin.Status.Rollout = null;
        plugin.Status.Conditions = [new V1Condition { Type = ConditionTypes.Reconciling, Status = "True" }];
        Settled.Is(plugin).Should().BeFalse();
    }

    [Theory]
    [InlineData("healthy", "unhealthy", true)]
    [InlineData("unhealthy", "healthy", false)]
    [InlineData(null, "healthy", true)]
    [InlineData(null, "degraded", false)]
    public void The_check_of_the_credentials_decides_where_there_is_one(string? credentials, string state, bool passed) =>
        Checks.Pass(new HealthView(state, null, null, credentials is null ? [] : [new CheckView("credentials", credentials, null), new CheckView("other", "unhealthy", null)])).Should().Be(passed);

    [Fact]
    public void Secrets_that_stay_are_named()
    {
        Removal.Warnings(Plugin(static spec => spec.Config = JsonElement.Parse("""{"a":"${vault:x/1/k}","b":"${vault:x/1/l}","c":"${secret:s/k}"}"""))).Should().ContainSingle().Which.Should().Contain("x/1");
        Removal.Warnings(Plugin(static _ => { })).Should().BeEmpty();
    }

    private static TenantPlugin Plugin(Action<TenantPluginSpec> change)
    {
        var plugin = new TenantPlugin { Metadata = new V1ObjectMeta { Name = "twilio", Namespace = "tenant-acme", Uid = "u" }, Spec = new TenantPluginSpec { Plugin = "twilio" } };
        change(plugin.Spec);
        return plugin;
    }
}
