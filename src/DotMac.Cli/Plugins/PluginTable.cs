using System.Globalization;
using DotMac.Cli.Output;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary>How TenantPlugins are printed: kubectl's columns.</summary>
internal static class PluginTable
{
    /// <summary>Makes it.</summary>
    /// <param name="withNamespace">Whether several namespaces are listed.</param>
    /// <param name="now">The time, for ages.</param>
    public static ResourceWriter<TenantPlugin> Create(bool withNamespace, DateTimeOffset now)
    {
        List<Column<TenantPlugin>> columns =
        [
            new("NAME", static p => p.Metadata.Name),
            new("PLUGIN", static p => p.Spec?.Plugin),
            new("VERSION", static p => p.Status?.Version ?? p.Spec?.Version),
            new("PHASE", static p => p.Metadata.DeletionTimestamp is not null ? nameof(PluginPhase.Terminating) : p.Status?.Phase?.ToString()),
            new("READY", static p => p.Status?.Ready),
            new("HEALTH", static p => p.Status?.Health?.State?.ToString()),
            new("CALLS", static p => p.Status?.Metrics?.ApiCalls?.ToString(CultureInfo.InvariantCulture)),
            new("ERRORS", static p => p.Status?.Metrics?.ApiErrors?.ToString(CultureInfo.InvariantCulture)),
            new("AGE", p => Ages.Of(p.Metadata.CreationTimestamp, now)),
            new("TENANT", static p => p.Status?.Tenant, IsWide: true),
            new("IMAGE", static p => p.Status?.Image, IsWide: true),
            new("MESSAGE", static p => p.Status?.FindCondition(ConditionTypes.Ready)?.Message, IsWide: true),
        ];
        if (withNamespace)
        {
            columns.Insert(0, new("NAMESPACE", static p => p.Metadata.Namespace));
        }

        return new ResourceWriter<TenantPlugin>(ResourceNames.TenantPluginKind, ResourceNames.TenantPluginPlural, columns);
    }
}
