using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.NetworkAutomation.Checks;

/// <summary>Says how all devices are, taken together. Pure.</summary>
internal static class DevicesVerdict
{
    private const int MostNamed = 10;

    /// <summary>The verdict.</summary>
    public static CheckResult Of(IReadOnlyList<DeviceState> states)
    {
        DeviceState[] wrong = [.. states.Where(state => state.Failure is not null).OrderBy(state => state.Device.Name, StringComparer.Ordinal)];
        return wrong.Length == 0 ? CheckResult.Healthy
            : wrong.Length == states.Count && wrong.All(state => state.Failure!.Code is FailureCode.Credentials or FailureCode.Forbidden)
                ? CheckResult.Unhealthy($"All {states.Count} devices refuse the credentials; check them. {Named(wrong)}")
            : CheckResult.Degraded($"{wrong.Length} of {states.Count} devices: {Named(wrong)}");
    }

    private static string Named(DeviceState[] wrong) =>
        string.Join("; ", wrong.Take(MostNamed).Select(state => $"{state.Device.Name}: {state.Failure!.Message}"))
        + (wrong.Length > MostNamed ? $"; and {wrong.Length - MostNamed} more" : "");
}
