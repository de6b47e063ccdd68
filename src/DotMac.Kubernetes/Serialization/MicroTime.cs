using System.Globalization;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Kubernetes' <c>MicroTime</c>: RFC 3339 with exactly six decimals; servers refuse any other number of them.</summary>
internal static class MicroTime
{
    /// <summary>A time as text.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
