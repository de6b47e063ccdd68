using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Health;

public sealed class HealthCourseTests
{
    private static readonly HealthOpinion Well = new(HealthState.Healthy, "", []);
    private static readonly HealthOpinion Slow = new(HealthState.Degraded, "slow", []);
    private static readonly HealthOpinion Broken = new(HealthState.Unhealthy, "refused", []);
    private static readonly HealthOpinion Starting = new(HealthState.Unknown, "the plugin calls itself Unknown", []);

    [Fact]
    public void The_first_opinion_is_shown() => Shown(Broken).Should().Be(HealthState.Unhealthy);

    [Fact]
    public void Trouble_shows_at_once() => Shown(Well, Slow).Should().Be(HealthState.Degraded);

    [Fact]
    public void Worse_trouble_shows_at_once_too() => Shown(Slow, Broken).Should().Be(HealthState.Unhealthy);

    [Fact]
    public void One_good_answer_is_not_enough_and_two_are()
    {
        Shown(Well, Slow, Well).Should().Be(HealthState.Degraded);
        Shown(Well, Slow, Well, Well).Should().Be(HealthState.Healthy);
        Shown(Well, Slow, Well, Slow, Well).Should().Be(HealthState.Degraded, "they must follow one another");
    }

    [Fact]
    public void A_plugin_that_only_starts_is_believed_at_once() => Shown(Starting, Well).Should().Be(HealthState.Healthy);

    [Fact]
    public void While_a_pod_cannot_be_judged_nothing_gets_better()
    {
        var course = After(Well, Slow);
        course = HealthCourse.Next(course, Well, undecided: true, Given.Now);
        course = HealthCourse.Next(course, Well, undecided: true, Given.Now);
        course.Shown.State.Should().Be(HealthState.Degraded);
        HealthCourse.Next(course, Broken, undecided: true, Given.Now).Shown.State.Should().Be(HealthState.Unhealthy, "but it does get worse");
    }

    [Fact]
    public void Other_words_for_the_same_are_taken_over_and_the_same_words_change_nothing()
    {
        var course = After(Slow);
        HealthCourse.Next(course, Slow with { Checks = [] }, undecided: false, Given.Now).Should().BeSameAs(course);
        HealthCourse.Next(course, Slow with { Message = "slower" }, undecided: false, Given.Now).Shown.Message.Should().Be("slower");
    }

    [Fact]
    public void A_plugin_that_comes_and_goes_is_shown_at_its_worse_until_it_has_been_well_for_two_minutes()
    {
        var course = After(Well, Slow, Well, Well, Slow, Well, Well, Slow);
        course.Shown.Message.Should().StartWith("slow (it comes and goes");
        var now = Given.Now.AddMinutes(1);
        for (; now < Given.Now.AddMinutes(1) + HealthCourse.Calm; now = now.AddSeconds(15))
        {
            course = HealthCourse.Next(course, Well, undecided: false, now);
            course.Shown.State.Should().Be(HealthState.Degraded);
            course.IsRecovering.Should().BeFalse("asking more often would not make it calmer");
        }

        HealthCourse.Next(course, Well, undecided: false, now).Shown.State.Should().Be(HealthState.Healthy);
    }

    [Fact]
    public void The_past_fades()
    {
        var course = After(Well, Slow, Well, Well, Slow, Well, Well, Slow, Well, Well);
        var later = Given.Now + HealthCourse.FlapWindow + TimeSpan.FromMinutes(1);
        course = HealthCourse.Next(course, Well, undecided: false, later);
        course = HealthCourse.Next(course, Well, undecided: false, later);
        course = HealthCourse.Next(course, Slow, undecided: false, later);
        course.Shown.Message.Should().Be("slow");
        course = HealthCourse.Next(course, Well, undecided: false, later);
        HealthCourse.Next(course, Well, undecided: false, later).Shown.State.Should().Be(HealthState.Healthy);
    }

    [Property(MaxTest = 500)]
    public Property What_is_shown_is_never_better_than_what_was_found_last_and_changes_seldom() => Prop.ForAll(
        Arb.From(Gen.Elements(Well, Slow, Broken).ListOf()), static opinions =>
        {
            HealthCourse? course = null;
            var now = Given.Now;
            var recoveries = 0;
            foreach (var opinion in opinions)
            {
                var before = course?.Shown.State;
                course = HealthCourse.Next(course, opinion, undecided: false, now);
                HealthSeverity.Of(course.Shown.State).Should().BeGreaterThanOrEqualTo(HealthSeverity.Of(opinion.State));
                recoveries += before is { } state && HealthSeverity.Of(course.Shown.State) < HealthSeverity.Of(state) && course.Shown.State == HealthState.Healthy ? 1 : 0;
                now = now.AddSeconds(1);
            }

            // Within ten minutes a plugin is shown as well again twice, and once more when it began ill; after that it must have been calm, which takes two minutes.
            recoveries.Should().BeLessThanOrEqualTo(3 + (opinions.Count / (int)HealthCourse.Calm.TotalSeconds));
        });

    private static HealthState Shown(params HealthOpinion[] opinions) => After(opinions).Shown.State;

    private static HealthCourse After(params HealthOpinion[] opinions) =>
        opinions.Aggregate((HealthCourse?)null, static (course, opinion) => HealthCourse.Next(course, opinion, undecided: false, Given.Now))!;
}
