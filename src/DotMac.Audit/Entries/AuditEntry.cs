using System.Text.Json.Nodes;

namespace DotMac.Audit.Entries;

/// <summary>One thing that was done: who, what, when, from where, and what came of it. Must hold no secret value.</summary>
public sealed record AuditEntry
{
    /// <summary>What was done, such as <c>install</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What came of it.</summary>
    public required AuditResult Result { get; init; }

    /// <summary>Who did it.</summary>
    public required AuditActor Actor { get; init; }

    /// <summary>Where it was noticed: <c>admission</c>, <c>api</c>, <c>operator</c> or <c>watch</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The address that it came from; null when not known.</summary>
    public string? From { get; init; }

    /// <summary>What it was done to; null for the trail's own entries.</summary>
    public AuditSubject? Subject { get; init; }

    /// <summary>The tenant concerned.</summary>
    public string? Tenant { get; init; }

    /// <summary>The plugin concerned.</summary>
    public string? Plugin { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>Why it came so, in CamelCase.</summary>
    public string? Reason { get; init; }

    /// <summary>The same, for people.</summary>
    public string? Message { get; init; }

    /// <summary>The JSON pointers (RFC 6901) of what changed.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>What changed, as it was; secrets masked.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>What changed, as it is; secrets masked.</summary>
    public JsonObject? After { get; init; }

    /// <summary>What ties entries of one request together.</summary>
    public string? CorrelationId { get; init; }
}
