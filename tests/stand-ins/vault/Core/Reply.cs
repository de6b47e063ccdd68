using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vault.Core;

/// <summary>What is answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Data">The envelope's data.</param>
/// <param name="Auth">The envelope's token.</param>
/// <param name="Errors">What is wrong; then there is no envelope.</param>
/// <param name="Warnings">What is right but odd.</param>
/// <param name="Plain">An answer without envelope, as some of <c>sys/</c> have.</param>
internal sealed record Reply(
    int Status, JsonObject? Data = null, JsonObject? Auth = null, IReadOnlyList<string>? Errors = null, IReadOnlyList<string>? Warnings = null, JsonObject? Plain = null)
{
    public static Reply NoContent { get; } = new(204);

    public static Reply NotFound { get; } = new(404, Errors: []);

    public static Reply PermissionDenied { get; } = Error(403, "permission denied");

    public static Reply Error(int status, string error) => new(status, Errors: [error]);

    public static Reply Ok(JsonObject data) => new(200, data);

    /// <summary>A list; one of nothing is "not found".</summary>
    public static Reply Keys(IEnumerable<string> keys)
    {
        var list = new JsonArray([.. keys.Order(StringComparer.Ordinal).Select(static k => JsonValue.Create(k))]);
        return list.Count == 0 ? NotFound : Ok(new JsonObject { ["keys"] = list });
    }

    /// <summary>A list of names.</summary>
    public static JsonArray Array(IEnumerable<string> names) => new([.. names.Select(static n => JsonValue.Create(n))]);
}
