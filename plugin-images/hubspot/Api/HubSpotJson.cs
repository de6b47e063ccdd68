using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>HubSpot's JSON: camelCase, what is not there left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubSpotObject))]
[JsonSerializable(typeof(HubSpotWrite))]
[JsonSerializable(typeof(HubSpotBatchBody))]
[JsonSerializable(typeof(HubSpotBatch))]
[JsonSerializable(typeof(HubSpotSearch))]
[JsonSerializable(typeof(HubSpotPage))]
[JsonSerializable(typeof(HubSpotAssociations))]
internal sealed partial class HubSpotJson : JsonSerializerContext;
