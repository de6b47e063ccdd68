using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What kind of service a plugin talks to.</summary>
[JsonConverter(typeof(TolerantEnumConverter<PluginCategory>))]
public enum PluginCategory
{
    /// <summary>SMS, e-mail, chat.</summary>
    [JsonStringEnumMemberName("communication")]
    Communication,

    /// <summary>Payments and invoices.</summary>
    [JsonStringEnumMemberName("billing")]
    Billing,

    /// <summary>Routers, switches and their like.</summary>
    [JsonStringEnumMemberName("network-automation")]
    NetworkAutomation,

    /// <summary>Customer relations and marketing.</summary>
    [JsonStringEnumMemberName("crm")]
    Crm,

    /// <summary>Anything else.</summary>
    [JsonStringEnumMemberName("custom")]
    Custom,
}
