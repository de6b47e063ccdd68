using System.Text.Json;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>One line of the callback plugin: an event, or the recap at the end.</summary>
/// <param name="Event">The event, not numbered yet; null for the recap.</param>
/// <param name="Recap">The recap; null for an event.</param>
internal sealed record EventLine(AnsibleEvent? Event, IReadOnlyDictionary<string, DeviceRecap>? Recap)
{
    /// <summary>Reads a line; null when it is not of the callback plugin.</summary>
    public static EventLine? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return Text(root, "event") switch
            {
                null => null,
                "recap" => new EventLine(null, Recaps(root)),
                string kind => new EventLine(
                    new AnsibleEvent(
                        0,
                        kind,
                        At(root),
                        Text(root, "play"),
                        Text(root, "task"),
                        Text(root, "device"),
                        Text(root, "status"),
                        Flag(root, "changed"),
                        Flag(root, "ignored"),
                        Text(root, "message"),
                        root.TryGetProperty("returnCode", out JsonElement code) && code.TryGetInt32(out int number) ? number : null,
                        Text(root, "stdout"),
                        Text(root, "stderr"),
                        root.TryGetProperty("result", out JsonElement result) ? result.Clone() : null),
                    null),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A line that was cut, or a number where text should be: not worth a run.
            return null;
        }
    }

    private static Dictionary<string, DeviceRecap> Recaps(JsonElement root) =>
        root.TryGetProperty("devices", out JsonElement devices) && devices.ValueKind == JsonValueKind.Object
            ? devices.EnumerateObject().ToDictionary(device => device.Name, device => new DeviceRecap(
                Count(device.Value, "ok"),
                Count(device.Value, "changed"),
                Count(device.Value, "failures"),
                Count(device.Value, "unreachable"),
                Count(device.Value, "skipped"),
                Count(device.Value, "rescued"),
                Count(device.Value, "ignored")))
            : [];

    private static DateTimeOffset At(JsonElement root) =>
        root.TryGetProperty("at", out JsonElement at) && at.TryGetDouble(out double seconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : default;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static int Count(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.TryGetInt32(out int count) ? count : 0;
}
