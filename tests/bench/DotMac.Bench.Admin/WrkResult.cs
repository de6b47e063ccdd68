namespace DotMac.Bench.Admin;

/// <summary>What wrk measured of one path.</summary>
/// <param name="Rate">Requests a second that were answered.</param>
/// <param name="P50">Milliseconds that half of the answers took at most.</param>
/// <param name="P99">Milliseconds that 99 of 100 took at most.</param>
/// <param name="Longest">Milliseconds that the slowest took.</param>
/// <param name="Failed">Answers of another status than 2xx or 3xx, and connections that broke.</param>
/// <param name="Bytes">Bytes of an answer.</param>
internal sealed record WrkResult(double Rate, double P50, double P99, double Longest, long Failed, double Bytes);
