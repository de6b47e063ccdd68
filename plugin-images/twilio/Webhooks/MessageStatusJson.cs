using System.Text.Json.Serialization;

namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>JSON as the tenant's systems see it: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageStatus))]
internal sealed partial class MessageStatusJson : JsonSerializerContext;
