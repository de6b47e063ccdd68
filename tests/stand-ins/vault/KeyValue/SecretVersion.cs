using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Core;

namespace DotMac.StandIns.Vault.KeyValue;

/// <summary>A version of a secret.</summary>
internal sealed class SecretVersion(int number, JsonObject data, DateTimeOffset createdAt, DateTimeOffset? deletedAt)
{
    public int Number => number;

    public JsonObject? Data { get; private set; } = data;

    public DateTimeOffset? DeletedAt { get; set; } = deletedAt;

    public bool IsDestroyed => Data is null;

    public bool IsGone(DateTimeOffset now) => IsDestroyed || DeletedAt <= now;

    public void Destroy() => Data = null;

    public JsonObject Describe() => new()
    {
        ["created_time"] = Duration.Text(createdAt),
        ["deletion_time"] = DeletedAt is { } at ? Duration.Text(at) : string.Empty,
        ["destroyed"] = IsDestroyed,
    };
}
