using System.Text.Json;

namespace DotMac.Vault.Serialization;

/// <summary>What Vault says when it refuses; and <c>data</c>, which it sends beside a 404 for a version that was deleted.</summary>
internal sealed record ErrorBody(IReadOnlyList<string?>? Errors, JsonElement? Data);
