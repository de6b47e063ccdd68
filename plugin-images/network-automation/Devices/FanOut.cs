namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>Works on many devices, some at a time. What goes wrong with one is that one's result.</summary>
internal sealed class FanOut(TimeProvider timeProvider)
{
    /// <summary>Works on all; the results stand in the devices' order.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="maxConcurrency">How many at a time.</param>
    /// <param name="limits">How much time there is.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="failed">Makes a result of a failure.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task<IReadOnlyList<TResult>> RunAsync<TResult>(
        IReadOnlyList<Device> devices,
        int maxConcurrency,
        CallLimits limits,
        Func<Device, CancellationToken, Task<TResult>> work,
        Func<Device, DeviceFailure, TResult> failed,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource time = new(limits.Call, timeProvider);
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        using SemaphoreSlim places = new(maxConcurrency);
        TResult[] results = await Task.WhenAll(devices.Select(OneAsync));
        cancellationToken.ThrowIfCancellationRequested();
        return results;

        async Task<TResult> OneAsync(Device device)
        {
            try
            {
                await places.WaitAsync(call.Token);
            }
            catch (OperationCanceledException)
            {
                return failed(device, new DeviceFailure(FailureCode.NotBegun, "The call's time was over before this device's turn; nothing was sent to it."));
            }

            try
            {
                return await WithinAsync(device);
            }
            catch (DeviceFailure failure)
            {
                return failed(device, failure);
            }
            finally
            {
                places.Release();
            }
        }

        async Task<TResult> WithinAsync(Device device)
        {
            using CancellationTokenSource limit = new(limits.Device, timeProvider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(call.Token, limit.Token);
            try
            {
                return await work(device, both.Token);
            }
            catch (OperationCanceledException) when (both.IsCancellationRequested)
            {
                throw new DeviceFailure(
                    FailureCode.Timeout,
                    limit.IsCancellationRequested
                        ? $"Not done within {limits.Device.TotalSeconds:0.#} s; it was broken off. What was asked may have happened all the same."
                        : "Not done when the call's time was over; it was broken off. What was asked may have happened all the same.");
            }
        }
    }
}
