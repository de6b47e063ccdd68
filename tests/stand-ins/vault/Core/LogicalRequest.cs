using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Tokens;
using Microsoft.AspNetCore.Http;

namespace DotMac.StandIns.Vault.Core;

/// <summary>A request that was let through, for the backend that is mounted where it goes.</summary>
/// <param name="Operation">What it wants.</param>
/// <param name="Path">The path below the mount.</param>
/// <param name="Body">The JSON; empty when there is none.</param>
/// <param name="Query">The query.</param>
/// <param name="Token">Whose it is; null where none is needed.</param>
internal sealed record LogicalRequest(Operation Operation, string Path, JsonObject Body, IQueryCollection Query, TokenEntry? Token)
{
    /// <summary>A field of the body; null when it is not there.</summary>
    public string? Text(string name) => Body[name]?.ToString();

    /// <summary>A field that is a list, or a text with commas.</summary>
    public IReadOnlyList<string>? Names(string name) => Body[name] switch
    {
        JsonArray array => [.. array.Select(static n => n?.ToString() ?? string.Empty).Where(static n => n.Length > 0)],
        JsonValue value => value.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => null,
    };

    /// <summary>A field that is a time: seconds, or <c>90s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
    public TimeSpan? Time(string name) => Text(name) is { Length: > 0 } text ? Duration.Parse(text) : null;

    /// <summary>A field that is true or false.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? bool.TryParse(text, out var flag) && flag : null;

    /// <summary>A number, of the query or the body.</summary>
    public int Number(string name) =>
        int.TryParse(Query[name].FirstOrDefault() ?? Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
