using System.Globalization;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract;
using Microsoft.AspNetCore.Http;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Reads the contract's headers of a call.</summary>
internal static partial class CallHeaders
{
    /// <summary>The caller's correlation id, or a new one when there is none or it could break a log line.</summary>
    public static string CorrelationId(IHeaderDictionary headers) =>
        headers[ContractHeaders.CorrelationId].ToString() is string id && IdForm().IsMatch(id) ? id : Guid.NewGuid().ToString("N");

    /// <summary>How long the caller waits, within the host's bounds.</summary>
    public static TimeSpan Timeout(IHeaderDictionary headers, PluginHostOptions options)
    {
        bool asked = int.TryParse(headers[ContractHeaders.TimeoutMilliseconds], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds);
        TimeSpan timeout = asked && milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : options.DefaultTimeout;
        return timeout < options.MaxTimeout ? timeout : options.MaxTimeout;
    }

    /// <summary>On whose behalf the caller acts; null when it does not say, or not in printable ASCII.</summary>
    public static string? User(IHeaderDictionary headers) =>
        headers[ContractHeaders.User].ToString() is { Length: > 0 and <= 256 } user && user.All(static c => c is >= ' ' and <= '~') ? user : null;

    /// <summary>The caller's idempotency key; null when there is none. False when there is one of another form: dropping it would do things twice.</summary>
    public static bool TryIdempotencyKey(IHeaderDictionary headers, out string? key)
    {
        key = headers[ContractHeaders.IdempotencyKey].ToString() is { Length: > 0 } given ? given : null;
        return key is null || KeyForm().IsMatch(key);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,255}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,128}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
