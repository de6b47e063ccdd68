using System.Globalization;
using System.Reflection;
using DotMac.Admin.Ui;
using DotMac.Admin.Ui.Words;
using DotMac.Admin.Views;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tests.Ui;

public sealed class WordsTests
{
    private static readonly string[] Good = [ConditionReasons.Succeeded, ConditionReasons.Valid, ConditionReasons.DependenciesMet, ConditionReasons.NoDependencies, ConditionReasons.SecretsFound, ConditionReasons.NoSecrets, ConditionReasons.Injected, ConditionReasons.PodsAvailable, ConditionReasons.ChecksPassed];

    // These say themselves what is waited for.
    private static readonly string[] Waiting = [ConditionReasons.Pending, ConditionReasons.Progressing, ConditionReasons.Terminating, ConditionReasons.Deactivated, ConditionReasons.NoPods, ConditionReasons.PodsUnavailable, ConditionReasons.ProbeFailed];

    [Fact]
    public void Every_reason_of_what_is_wrong_says_what_to_do()
    {
        var reasons = typeof(ConditionReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetValue(null)!);
        foreach (var reason in reasons.Except(Good).Except(Waiting))
        {
            ConditionWords.Of(new ConditionView(ConditionTypes.Available, "False", reason, "said", null)).Advice.Should().NotBeNullOrEmpty(reason);
        }
    }

    [Fact]
    public void Every_condition_of_a_plugin_has_words_of_its_own()
    {
        var types = new[] { ConditionTypes.ConfigValid, ConditionTypes.DependenciesReady, ConditionTypes.SecretsReady, ConditionTypes.SecretsInjected, ConditionTypes.Available, ConditionTypes.Healthy };
        var texts = types.SelectMany(static type => new[] { "True", "False", "Unknown" }.Select(status => ConditionWords.Of(new ConditionView(type, status, "Said", "said", null)))).ToList();
        texts.Select(static plain => plain.Text).Should().OnlyHaveUniqueItems();
        texts.Select(static plain => plain.Tone).Should().Equal(Enumerable.Repeat(new[] { Tone.Good, Tone.Bad, Tone.Busy }, types.Length).SelectMany(static tones => tones));
    }

    [Fact]
    public void What_is_wrong_comes_first_and_what_does_not_matter_is_left_out()
    {
        var status = Status(
            true,
            new ConditionView(ConditionTypes.ConfigValid, "True", "Valid", null, null),
            new ConditionView(ConditionTypes.Healthy, "False", ConditionReasons.ChecksFailed, "the token is wrong", null),
            new ConditionView(ConditionTypes.Ready, "False", ConditionReasons.ChecksFailed, "the token is wrong", null),
            new ConditionView("SomethingNew", "False", "X", null, null));
        var said = ConditionWords.Of(status);
        said.Select(static plain => plain.Text).Should().Equal(Strings.ConditionHealthyBad, Strings.ConditionConfigGood);
        said[0].Message.Should().Be("the token is wrong");
        said[0].Tab.Should().Be(ConditionWords.Configuration);
        ConditionWords.Of(status with { Enabled = false }).Select(static plain => plain.Text).Should().Equal(Strings.ConditionConfigGood);
    }

    [Fact]
    public void A_plugin_that_nobody_has_looked_at_waits_for_the_operator()
    {
        var steps = ProgressPlan.Of(Status(true) with { UpToDate = false });
        steps[0].Tone.Should().Be(Tone.Good);
        steps[1].Should().Be(new ProgressStep(Strings.ProgressConfig, Tone.Busy, Strings.ProgressOperator));
        steps.Skip(2).Should().OnlyContain(static step => step.Tone == Tone.Neutral);
    }

    [Fact]
    public void Progress_stops_where_it_is_stuck_and_says_why()
    {
        var steps = ProgressPlan.Of(Status(
            true,
            new ConditionView(ConditionTypes.ConfigValid, "True", "Valid", null, null),
            new ConditionView(ConditionTypes.DependenciesReady, "True", ConditionReasons.NoDependencies, null, null),
            new ConditionView(ConditionTypes.SecretsReady, "False", ConditionReasons.SecretNotFound, "there is no Secret x", null),
            new ConditionView(ConditionTypes.Stalled, "True", ConditionReasons.SecretNotFound, "there is no Secret x", null)));
        steps.Select(static step => step.Tone).Should().Equal(Tone.Good, Tone.Good, Tone.Bad, Tone.Neutral, Tone.Neutral);
        steps[2].Message.Should().Be("there is no Secret x");
    }

    [Fact]
    public void Credentials_that_are_refused_are_no_progress()
    {
        var steps = ProgressPlan.Of(Status(
            true,
            new ConditionView(ConditionTypes.ConfigValid, "True", "Valid", null, null),
            new ConditionView(ConditionTypes.DependenciesReady, "True", ConditionReasons.DependenciesMet, null, null),
            new ConditionView(ConditionTypes.SecretsReady, "True", "SecretsFound", null, null),
            new ConditionView(ConditionTypes.Available, "True", "PodsAvailable", null, null),
            new ConditionView(ConditionTypes.Healthy, "False", ConditionReasons.ChecksFailed, "refused", null)));
        steps.Should().HaveCount(6);
        steps[^1].Should().Be(new ProgressStep(Strings.ProgressHealthy, Tone.Bad, "refused"));
    }

    [Fact]
    public void What_is_not_to_run_is_not_waited_for() =>
        ProgressPlan.Of(Status(true) with { Enabled = false }).Select(static step => step.Text).Should().NotContain([Strings.ProgressStarted, Strings.ProgressHealthy]);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-60, "just now")]
    [InlineData(59, "59 s ago")]
    [InlineData(61, "1 min ago")]
    [InlineData(7300, "2 h ago")]
    [InlineData(200_000, "2 d ago")]
    public void Times_are_told_as_how_long_ago(int seconds, string text)
    {
        var now = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Say.Ago(now.AddSeconds(-seconds), now).Should().Be(text);
        Say.Ago(null, now).Should().Be("never");
    }

    [Theory]
    [InlineData(5, "5 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3700, "1 h 1 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Durations_are_told_in_two_units(long seconds, string text) => Say.Lasting(seconds).Should().Be(text);

    [Fact]
    public void Consequences_name_who_needs_it_and_what_stays()
    {
        var twilio = Plugin("twilio", "twilio", """{"authToken":"${vault:twilio/x/auth_token}"}""");
        var needing = Plugin("chat", "chat", null);
        var definitions = new Dictionary<string, PluginDefinition>
        {
            ["chat"] = new() { Spec = new PluginDefinitionSpec { Versions = [new PluginVersionSpec { Version = "1.0.0", Dependencies = [new PluginDependency { Plugin = "twilio", Version = ">=1.0.0" }] }], DefaultVersion = "1.0.0" } },
        };
        var removal = Consequences.OfRemoval(twilio, [twilio, needing], id => definitions.GetValueOrDefault(id));
        removal.Should().Contain(Say.Of(Strings.RemoveNeeded, "chat")).And.Contain(static text => text.Contains("twilio/x"));
        Consequences.OfDeactivation(twilio, [twilio], id => definitions.GetValueOrDefault(id)).Should().Equal(Strings.DeactivateStops, Strings.DeactivateKeeps);

        // Another installation of the same will do.
        Consequences.NeededBy(twilio, [twilio, needing, Plugin("second", "twilio", null)], id => definitions.GetValueOrDefault(id)).Should().BeEmpty();
    }

    [Fact]
    public void Every_text_that_takes_values_takes_them()
    {
        foreach (var property in typeof(Strings).GetProperties(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Where(static p => p.PropertyType == typeof(string)))
        {
            var text = (string)property.GetValue(null)!;
            text.Should().NotBeNullOrWhiteSpace(property.Name);
            if (!text.Contains("${", StringComparison.Ordinal))
            {
                var format = () => string.Format(CultureInfo.InvariantCulture, text, "a", "b", "c");
                format.Should().NotThrow(property.Name);
            }
        }
    }

    private static TenantPlugin Plugin(string name, string plugin, string? config) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Namespace = "a", Uid = $"uid-{name}" },
        Spec = new TenantPluginSpec { Plugin = plugin, Config = config is null ? null : System.Text.Json.JsonElement.Parse(config) },
    };

    private static InstallationStatus Status(bool enabled, params ConditionView[] conditions) => new()
    {
        Id = "twilio",
        PluginId = "twilio",
        TenantId = "a",
        Enabled = enabled,
        UpToDate = true,
        Conditions = conditions,
        AvailableVersions = [],
    };
}
