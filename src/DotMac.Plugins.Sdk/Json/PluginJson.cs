using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>How configs, requests and answers are read and written: camelCase, enums by name, required members and nullability enforced.</summary>
internal static class PluginJson
{
    /// <summary>For requests and answers.</summary>
    public static JsonSerializerOptions Wire { get; } = Make(JsonNumberHandling.Strict);

    /// <summary>For configs: a number may stand in a string, because a reference's value always does.</summary>
    public static JsonSerializerOptions Config { get; } = Make(JsonNumberHandling.AllowReadingFromString);

    private static JsonSerializerOptions Make(JsonNumberHandling numbers)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = numbers,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,

            // Nobody embeds these answers in HTML, and people read them: "+1500…", not "\u002B1500…".
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
