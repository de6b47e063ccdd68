using DotMac.Kubernetes.Queue;
using DotMac.Testing.Time;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Tests.Queue;

/// <summary>Random operations, against the model.</summary>
public sealed class WorkQueueProperties
{
    [Property(MaxTest = 500, EndSize = 200)]
    public void It_does_what_the_model_does(byte[] operations)
    {
        var clock = new ManualTimeProvider();
        using var queue = new WorkQueue<int>("model", static k => k % 2 == 0 ? "even" : "odd", clock: clock);
        var model = new WorkQueueModel();
        foreach (var operation in operations)
        {
            // Two bits of key, so that keys meet; one delay in four is none.
            var (key, size) = (operation >> 3 & 3, operation >> 5);
            switch (operation & 7)
            {
                case 0 or 1:
                    queue.Add(key, QueuePriority.High);
                    model.Add(key);
                    break;
                case 2:
                    queue.Add(key, QueuePriority.Low);
                    model.Add(key);
                    break;
                case 3:
                    queue.AddAfter(key, TimeSpan.FromMilliseconds(size * 10));
                    model.AddAfter(key, size * 10);
                    break;
                case 4:
                    clock.Advance(TimeSpan.FromMilliseconds(size * 10));
                    model.Advance(size * 10);
                    break;
                case 5 or 6:
                    Take(queue, model);
                    break;
                default:
                    queue.Done(key);
                    model.Done(key);
                    break;
            }

            queue.Count.Should().Be(model.Takeable.Count());
            queue.DelayedCount.Should().Be(model.Due.Count);
        }

        // In the end everything comes out, once.
        foreach (var key in model.Processing.ToArray())
        {
            queue.Done(key);
            model.Done(key);
        }

        clock.Advance(TimeSpan.FromHours(1));
        model.Advance(3_600_000);
        while (model.Takeable.Any())
        {
            Take(queue, model);
        }

        Take(queue, model);
    }

    private static void Take(WorkQueue<int> queue, WorkQueueModel model)
    {
        using var stop = new CancellationTokenSource();
        var taking = queue.GetAsync(stop.Token).AsTask();
        if (model.Takeable.Any())
        {
            taking.IsCompletedSuccessfully.Should().BeTrue("the model has {0}", string.Join(',', model.Takeable));
            model.Takeable.Should().Contain(taking.Result.Key);
            model.Take(taking.Result.Key);
        }
        else
        {
            taking.IsCompleted.Should().BeFalse("the model has nothing to take");
            stop.Cancel();
        }
    }
}
