using DotMac.Operator.Status;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Status;

public sealed class StatusBudgetTests
{
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly StatusBudget _budget;

    public StatusBudgetTests() => _budget = new StatusBudget(10, _clock);

    [Fact]
    public void Numbers_leave_half_of_what_was_saved_up()
    {
        Numbers().Should().Be(10);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Numbers().Should().Be(5);
        _clock.Advance(TimeSpan.FromHours(1));
        Numbers().Should().Be(10, "more than two seconds' worth is not saved up");
    }

    [Fact]
    public async Task What_means_something_takes_all_and_then_waits_its_turn()
    {
        Numbers();
        for (var i = 0; i < 10; i++)
        {
            (await _budget.TakeAsync(default)).Should().BeFalse();
        }

        var first = _budget.TakeAsync(default).AsTask();
        var second = _budget.TakeAsync(default).AsTask();
        first.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        (await first).Should().BeTrue();
        second.IsCompleted.Should().BeFalse("who comes first is served first, one in a tenth of a second");
        Numbers().Should().Be(0);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        (await second).Should().BeTrue();
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_told()
    {
        while (_budget.TryTakeForNumbers())
        {
        }

        for (var i = 0; i < 10; i++)
        {
            await _budget.TakeAsync(default);
        }

        using var stop = new CancellationTokenSource();
        var waiting = _budget.TakeAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await waiting.Invoking(static w => w).Should().ThrowAsync<OperationCanceledException>();
    }

    private int Numbers()
    {
        var taken = 0;
        while (_budget.TryTakeForNumbers())
        {
            taken++;
        }

        return taken;
    }
}
