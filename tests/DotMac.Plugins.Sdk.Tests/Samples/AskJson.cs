using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Sdk.Tests.Samples;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonElementBox))]
public sealed partial class AskJson : JsonSerializerContext;
