using System.Text.Json.Serialization;

namespace DotMac.Plugins.Slack.Api;

/// <summary>Slack's JSON: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackReply))]
[JsonSerializable(typeof(MessageReply))]
[JsonSerializable(typeof(EphemeralReply))]
[JsonSerializable(typeof(ChannelsReply))]
[JsonSerializable(typeof(UploadUrlReply))]
[JsonSerializable(typeof(FilesReply))]
[JsonSerializable(typeof(SlackFile[]))]
internal sealed partial class SlackJson : JsonSerializerContext;
