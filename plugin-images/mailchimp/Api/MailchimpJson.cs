using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DotMac.Plugins.Mailchimp.Operations;

namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>Mailchimp's JSON: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(MailchimpLists))]
[JsonSerializable(typeof(MailchimpProblem))]
internal sealed partial class MailchimpJson : JsonSerializerContext;
