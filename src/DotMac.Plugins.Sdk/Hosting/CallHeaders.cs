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

    [GeneratedRegex("^[A-Za-z0-9._-]{1,128}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
