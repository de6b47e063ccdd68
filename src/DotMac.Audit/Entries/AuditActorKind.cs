using System.Text.Json.Serialization;

namespace DotMac.Audit.Entries;

/// <summary>What kind of actor it was.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditActorKind>))]
public enum AuditActorKind
{
    /// <summary>Nobody could tell.</summary>
    Unknown,

    /// <summary>A person, or what a person's credentials were given to.</summary>
    User,

    /// <summary>A program of the cluster.</summary>
    ServiceAccount,

    /// <summary>The product itself, of its own accord.</summary>
    Operator,
}
