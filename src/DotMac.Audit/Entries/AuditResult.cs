using System.Text.Json.Serialization;

namespace DotMac.Audit.Entries;

/// <summary>What became of an operation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditResult>))]
public enum AuditResult
{
    /// <summary>It was taken on; what comes of it is told by another entry.</summary>
    Accepted,

    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was tried and did not come off.</summary>
    Failed,

    /// <summary>It was not allowed.</summary>
    Denied,
}
