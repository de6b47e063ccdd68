using System.Text.Json.Serialization;

namespace Pager;

/// <summary>The vendor's JSON, read and written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SendPageRequest))]
[JsonSerializable(typeof(SendPageAnswer))]
internal sealed partial class PagerJson : JsonSerializerContext;
