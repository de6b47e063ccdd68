using DotMac.Admin.Callers;
using DotMac.Admin.Problems;
using DotMac.Testing.Time;

namespace DotMac.Admin.Tests.Callers;

public sealed class SharedAnswersTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SharedAnswers<string> _answers;
    private int _asked;

    public SharedAnswersTests() => _answers = new SharedAnswers<string>(100, TimeSpan.FromSeconds(10), _clock);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task An_answer_is_remembered_for_as_long_as_was_said_and_no_longer()
    {
        (await GetAsync("a")).Should().Be("a1");
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        (await GetAsync("a")).Should().Be("a1");
        (await GetAsync("b")).Should().Be("b2");
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        (await GetAsync("a")).Should().Be("a3");
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_a_question()
    {
        var answer = new TaskCompletionSource<string>();
        var waiting = Enumerable.Range(0, 20).Select(_ => _answers.GetAsync("a", () => { Interlocked.Increment(ref _asked); return answer.Task; }, default).AsTask()).ToList();
        answer.SetResult("x");
        (await Task.WhenAll(waiting)).Should().OnlyContain(static a => a == "x");
        _asked.Should().Be(1);
    }

    [Fact]
    public async Task A_failure_is_told_and_not_remembered()
    {
        var failing = async () => await _answers.GetAsync("a", static () => Task.FromException<string>(new HttpRequestException("down")), default);
        (await failing.Should().ThrowAsync<ProblemException>()).Which.Problem.Status.Should().Be(503);
        (await GetAsync("a")).Should().Be("a1");
    }

    [Fact]
    public async Task Who_gives_up_takes_nobodys_answer_away()
    {
        var answer = new TaskCompletionSource<string>();
        using var stop = new CancellationTokenSource();
        var impatient = _answers.GetAsync("a", () => answer.Task, stop.Token).AsTask();
        var patient = _answers.GetAsync("a", () => answer.Task, default).AsTask();
        await stop.CancelAsync();
        await ((Func<Task>)(() => impatient)).Should().ThrowAsync<OperationCanceledException>();
        answer.SetResult("x");
        (await patient).Should().Be("x");
    }

    private ValueTask<string> GetAsync(string key) => _answers.GetAsync(key, () => Task.FromResult($"{key}{Interlocked.Increment(ref _asked)}"), default);
}
