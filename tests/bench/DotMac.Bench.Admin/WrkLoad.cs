namespace DotMac.Bench.Admin;

/// <summary>How much is asked.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Seconds">For how long.</param>
internal sealed record WrkLoad(int Rate, int Seconds);
