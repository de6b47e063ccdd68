using System.Text.Json.Serialization;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>SendGrid's JSON: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Mail))]
[JsonSerializable(typeof(SendGridScopes))]
[JsonSerializable(typeof(SendGridErrorAnswer))]
internal sealed partial class SendGridJson : JsonSerializerContext;
