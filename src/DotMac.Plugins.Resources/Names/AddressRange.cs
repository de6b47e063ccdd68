using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DotMac.Plugins.Resources;

/// <summary>An IPv4 address or a range of them, as an egress rule names it.</summary>
public static class AddressRange
{
    /// <summary>The range in CIDR notation (RFC 4632), a single address as <c>/32</c>; null when the text is no address and no range.</summary>
    /// <param name="text">The text, such as <c>10.1.0.0/16</c>.</param>
    /// <returns>The range; its host bits must be zero.</returns>
    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // 010.0.0.1 and 10.1 are addresses to the framework, and not to a NetworkPolicy.
        if (IPAddress.TryParse(text, out var address))
        {
            return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text ? text + "/32" : null;
        }

        return IPNetwork.TryParse(text, out var network)
            && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            && string.Create(CultureInfo.InvariantCulture, $"{network.BaseAddress}/{network.PrefixLength}") == text
            ? text
            : null;
    }
}
