namespace DotMac.Bench.Scenarios;

/// <summary>Milliseconds until a reconcile started, from three moments.</summary>
/// <param name="FromSent">Before the PATCH was sent.</param>
/// <param name="FromAnswered">When its answer had been read and parsed; negative when the event was faster.</param>
/// <param name="FromParsed">When the informer had parsed the event.</param>
internal readonly record struct Spans(double FromSent, double FromAnswered, double FromParsed);
