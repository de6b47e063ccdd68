using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Reads what a pod answered.</summary>
internal static class StatusAnswer
{
    public static ProbeResult Read(string pod, byte[] body) =>
        StatusReader.TryRead(body, out var report, out var error)
            ? new ProbeResult(pod, report, null)
            : new ProbeResult(pod, null, error);
}
