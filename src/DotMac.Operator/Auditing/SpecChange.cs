using System.Text.Json.Nodes;

namespace DotMac.Operator.Auditing;

/// <summary>One operation that a change of a spec amounts to.</summary>
/// <param name="Operation">One of <see cref="AuditOperations"/>.</param>
/// <param name="Changed">The JSON pointers of what changed, sorted.</param>
/// <param name="Before">Those parts as they were, secrets masked; null when there was nothing.</param>
/// <param name="After">Those parts as they are, secrets masked; null when there is nothing.</param>
internal sealed record SpecChange(string Operation, IReadOnlyList<string> Changed, JsonObject? Before, JsonObject? After);
