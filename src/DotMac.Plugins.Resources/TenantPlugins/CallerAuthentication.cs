using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>How callers of a plugin's operations prove who they are.</summary>
[JsonConverter(typeof(TolerantEnumConverter<CallerAuthentication>))]
public enum CallerAuthentication
{
    /// <summary>By a service-account token of audience <c>plugins.dotmac.io</c>.</summary>
    Token,

    /// <summary>Not at all: whoever reaches the port may call. The network policy is all that is left.</summary>
    None,
}
