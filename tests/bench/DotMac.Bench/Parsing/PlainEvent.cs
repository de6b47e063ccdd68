using System.Text.Json;

namespace DotMac.Bench.Parsing;

/// <summary>A watch event of a TenantPlugin as one writes it down without further thought.</summary>
public sealed record PlainEvent(string Type, PlainPlugin Object);

/// <summary>All that an API server sends of a TenantPlugin.</summary>
public sealed record PlainPlugin(string ApiVersion, string Kind, PlainMetadata Metadata, PlainSpec Spec, PlainStatus Status);

/// <summary>Metadata with its managedFields.</summary>
public sealed record PlainMetadata(
    string Name,
    string Namespace,
    string Uid,
    string ResourceVersion,
    long Generation,
    DateTimeOffset CreationTimestamp,
    IList<PlainManagedFields> ManagedFields);

/// <summary>Who manages which fields.</summary>
public sealed record PlainManagedFields(string ApiVersion, string FieldsType, JsonElement FieldsV1, string Manager, string Operation, DateTimeOffset Time);

/// <summary>The spec.</summary>
public sealed record PlainSpec(string Plugin, string Version, JsonElement Config);

/// <summary>The status.</summary>
public sealed record PlainStatus(
    long ObservedGeneration,
    string Phase,
    string Tenant,
    string Version,
    string Image,
    int Replicas,
    int ReadyReplicas,
    string Ready,
    IList<PlainCondition> Conditions,
    PlainHealth Health);

/// <summary>A condition.</summary>
public sealed record PlainCondition(string Type, string Status, long ObservedGeneration, DateTimeOffset LastTransitionTime, string Reason, string Message);

/// <summary>The health.</summary>
public sealed record PlainHealth(string State, DateTimeOffset CheckedAt);
