using DotMac.Operator.Reconciliation;

namespace DotMac.Operator.Status;

/// <summary>The conditions that the summary is made of.</summary>
internal sealed record Verdicts(Verdict Config, Verdict Dependencies, Verdict Secrets, Verdict Injected, Verdict Available, HealthView Health);
