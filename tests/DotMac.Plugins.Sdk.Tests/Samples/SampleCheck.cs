using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.Sdk.Tests.Samples;

internal sealed class SampleCheck(Func<CancellationToken, Task<CheckResult>> check, TimeSpan? timeout = null) : IPluginCheck
{
    public string Name => "sample";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public TimeSpan Timeout => timeout ?? TimeSpan.FromMilliseconds(100);

    public Task<CheckResult> CheckAsync(CancellationToken cancellationToken) => check(cancellationToken);
}
