using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Properties;

/// <summary>Whatever happens, in whatever order. A failure names the seed: put it into <c>Replay</c> of the attribute.</summary>
public sealed class InformerProperties(SharedControlPlane fixture) : IClassFixture<SharedControlPlane>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WatchedOptions _options = new()
    {
        Names = Story.Names,
        Pace = TimeSpan.Zero,
        IdleTimeout = TimeSpan.FromSeconds(1.5),
        RequestTimeout = TimeSpan.FromSeconds(1.5),
    };

    /// <summary>
    /// When the faults are over, the store equals a fresh list; subscribers were told consistently and of every final state; every final
    /// state was reconciled and no object ever twice at once; and there was no hot loop.
    /// </summary>
    [Property(MaxTest = 15, Arbitrary = [typeof(Story)])]
    public Task The_store_ends_equal_to_a_list_and_every_final_state_is_handled(Story story) => TellAsync(story, http2: true);

    /// <inheritdoc cref="The_store_ends_equal_to_a_list_and_every_final_state_is_handled"/>
    [Property(MaxTest = 10, Arbitrary = [typeof(Story)])]
    public Task So_it_does_without_http2(Story story) => TellAsync(story, http2: false);

    private async Task TellAsync(Story story, bool http2)
    {
        await using var run = await Watched.StartAsync(fixture.ControlPlane, _options with { Proxy = new() { Http2 = http2 } });
        var mark = run.Proxy.Requests.Mark();
        foreach (var step in story.Steps)
        {
            switch (step)
            {
                case Step.Put put:
                    await run.Writer.PutAsync(put.Name);
                    break;
                case Step.Delete delete:
                    await run.Writer.DeleteAsync(delete.Name);
                    break;
                case Step.Worse worse:
                    worse.Trouble.Happen(run.Proxy);
                    break;
                case Step.Pause pause:
                    await Watched.PassAsync(TimeSpan.FromMilliseconds(pause.Milliseconds));
                    break;
                case Step.Better:
                    run.Proxy.Calm();
                    break;
            }
        }

        run.Proxy.Calm();
        await run.AgreesAsync(Deadline, complete: false);

        // Each fault of the story may end a watch that had lasted, and so cost a list and a watch without a wait.
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        var faults = story.Steps.Count(static s => s is Step.Worse);
        requests.Should().BeLessThanOrEqualTo((2 * (faults + 1)) + (2 * _options.Backoff.MostTriesWithProgress(elapsed)));
    }
}
