using System.Text;
using System.Text.RegularExpressions;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>The wish to have the pods rolled, as <c>kubectl annotate tp twilio plugins.dotmac.io/restartedAt=$(date -Is)</c> puts it. Pure.</summary>
internal static partial class RestartMark
{
    /// <summary>What the pod template is to say; null without a wish. Whatever a tenant wrote that is not like a time goes no further than its hash.</summary>
    public static string? Of(TenantPlugin plugin) =>
        plugin.Metadata.Annotations?.TryGetValue(Annotations.RestartedAt, out var wish) != true || string.IsNullOrEmpty(wish) ? null
        : Time().IsMatch(wish) ? wish
        : Hashing.Of(Encoding.UTF8.GetBytes(wish));

    [GeneratedRegex(@"^[0-9A-Za-z:.+-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
