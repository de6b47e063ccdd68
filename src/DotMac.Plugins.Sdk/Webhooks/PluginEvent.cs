using System.Text.Json;

namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>Something that happened at the vendor, for the tenant's own systems: a CloudEvent (https://cloudevents.io, version 1.0).</summary>
/// <param name="Id">The vendor's id of it: the same when the vendor repeats itself, so that receivers can tell.</param>
/// <param name="Type">What happened, such as <c>io.dotmac.twilio.message.delivered</c>.</param>
/// <param name="Data">The details.</param>
public sealed record PluginEvent(string Id, string Type, JsonElement Data)
{
    /// <summary>To what it happened, such as a message's SID; null when that is in the data alone. It is logged: no personal data.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened; null when the vendor does not say.</summary>
    public DateTimeOffset? Time { get; init; }
}
