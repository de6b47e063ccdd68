using System.Globalization;
using DotMac.Admin.Config;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Admin.Views;

/// <summary>How resources look over HTTP. Pure.</summary>
internal static class PluginViews
{
    /// <summary>An installed plugin in a line.</summary>
    public static Installation Line(TenantPlugin plugin, string tenant) => new()
    {
        Id = plugin.Metadata.Name ?? string.Empty,
        PluginId = plugin.Spec?.Plugin ?? string.Empty,
        TenantId = tenant,
        Namespace = plugin.Metadata.Namespace ?? string.Empty,
        Version = plugin.Status?.Version ?? plugin.Spec?.Version,
        Enabled = plugin.Spec?.Enabled != false,
        State = StateOf(plugin),
        Health = Word(plugin.Status?.Health?.State),
        Ready = plugin.Status?.Ready,
        Message = Message(plugin),
        ApiCalls = plugin.Status?.Metrics?.ApiCalls ?? 0,
        ApiErrors = plugin.Status?.Metrics?.ApiErrors ?? 0,
        InstalledAt = plugin.Metadata.CreationTimestamp,
    };

    /// <summary>How an installed plugin is.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="now">The time, for what is told in seconds.</param>
    public static InstallationStatus Status(TenantPlugin plugin, string tenant, DateTimeOffset now) => new()
    {
        Id = plugin.Metadata.Name ?? string.Empty,
        PluginId = plugin.Spec?.Plugin ?? string.Empty,
        TenantId = tenant,
        State = StateOf(plugin),
        Enabled = plugin.Spec?.Enabled != false,
        UpToDate = IsUpToDate(plugin),
        Version = plugin.Status?.Version,
        Image = plugin.Status?.Image,
        Ready = plugin.Status?.Ready,
        Message = Message(plugin),
        Health = Health(plugin),
        Metrics = Metrics(plugin, now),
        Conditions = [.. (plugin.Status?.Conditions ?? []).Select(static c => new ConditionView(c.Type ?? string.Empty, c.Status ?? "Unknown", c.Reason, c.Message, c.LastTransitionTime))],
        AvailableVersions = [.. plugin.Status?.AvailableVersions ?? []],
        Rollout = Rollout(plugin.Status),
    };

    /// <summary>An installed plugin with its configuration.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="definition">The entry of the catalog; null when it has none.</param>
    /// <param name="now">The time.</param>
    public static InstallationDetails Details(TenantPlugin plugin, string tenant, PluginDefinition? definition, DateTimeOffset now) => new()
    {
        Id = plugin.Metadata.Name ?? string.Empty,
        PluginId = plugin.Spec?.Plugin ?? string.Empty,
        Name = NameOf(definition, plugin.Spec?.Plugin),
        Category = Category(definition),
        TenantId = tenant,
        Namespace = plugin.Metadata.Namespace ?? string.Empty,
        Version = plugin.Spec?.Version,
        Enabled = plugin.Spec?.Enabled != false,
        ConfigData = ConfigView.Of(plugin.Spec?.Config, SchemaOf(plugin, definition)),
        Security = SecurityMap.Read(plugin.Spec),
        Status = Status(plugin, tenant, now),
        InstalledAt = plugin.Metadata.CreationTimestamp,
        ResourceVersion = plugin.Metadata.ResourceVersion,
    };

    /// <summary>An entry of the catalog, with what is installed of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="definition">It; null when it was taken away.</param>
    /// <param name="installations">What is installed of it.</param>
    public static PluginEntry Entry(string id, PluginDefinition? definition, IReadOnlyList<Installation> installations) => new()
    {
        PluginId = id,
        Name = NameOf(definition, id),
        Category = Category(definition),
        Description = definition?.Spec?.Description,
        Author = definition?.Spec?.Author,
        DefaultVersion = definition?.Spec?.DefaultVersion,
        Versions = [.. Versions(definition).Select(static version => version.Version!)],
        Available = definition is not null,
        Installations = installations,
    };

    /// <summary>An entry of the catalog with all that is needed to install it.</summary>
    public static CatalogEntry Catalog(PluginDefinition definition) => new()
    {
        PluginId = definition.Metadata.Name ?? string.Empty,
        Name = NameOf(definition, definition.Metadata.Name),
        Category = Category(definition),
        Description = definition.Spec?.Description,
        Author = definition.Spec?.Author,
        DefaultVersion = definition.Spec?.DefaultVersion,
        Versions =
        [
            .. Versions(definition).Select(static version => new CatalogVersion(
                version.Version!,
                version.Deprecated,
                version.ConfigSchema,
                [.. (version.Dependencies ?? []).Where(static d => d is not null).Select(static d => $"{d.Plugin} {d.Version}".TrimEnd())],
                [.. (version.Operations ?? []).Where(static o => o is not null).Select(static o => new OperationView(o.Name ?? string.Empty, o.Description))])),
        ],
    };

    /// <summary>What a plugin said of itself; null when it was not asked yet.</summary>
    public static HealthView? Health(TenantPlugin plugin) => plugin.Status?.Health is { } health
        ? new HealthView(
            Word(health.State),
            health.CheckedAt,
            Text(health.Message),
            [.. (health.Checks ?? []).Where(static c => c is not null).Select(static c => new CheckView(c.Name ?? string.Empty, Word(c.State), Text(c.Message)))])
        : null;

    /// <summary>How much a plugin is used; null when nothing is known yet.</summary>
    public static MetricsView? Metrics(TenantPlugin plugin, DateTimeOffset now) => plugin.Status?.Metrics is { } metrics
        ? new MetricsView
        {
            ApiCalls = metrics.ApiCalls ?? 0,
            ApiErrors = metrics.ApiErrors ?? 0,
            ErrorRatePercent = decimal.TryParse(metrics.ErrorRatePercent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? rate : null,
            LatencyP50Milliseconds = metrics.LatencyP50Milliseconds,
            LatencyP95Milliseconds = metrics.LatencyP95Milliseconds,
            UptimeSeconds = metrics.StartedAt is { } started ? Math.Max(0, (long)(now - started).TotalSeconds) : null,
            StartedAt = metrics.StartedAt,
            Restarts = metrics.Restarts,
            Memory = metrics.Memory?.ToString(),
            Cpu = metrics.Cpu?.ToString(),
            ObservedAt = metrics.ObservedAt,
        }
        : null;

    /// <summary>The state of a plugin in one word.</summary>
    public static InstallationState StateOf(TenantPlugin plugin) =>
        plugin.Metadata.DeletionTimestamp is not null ? InstallationState.Terminating
        : plugin.Status?.Phase switch
        {
            PluginPhase.Pending => InstallationState.Pending,
            PluginPhase.Installing => InstallationState.Installing,
            PluginPhase.Active => InstallationState.Active,
            PluginPhase.Degraded => InstallationState.Degraded,
            PluginPhase.Failed => InstallationState.Failed,
            PluginPhase.Inactive => InstallationState.Inactive,
            PluginPhase.Terminating => InstallationState.Terminating,
            _ => InstallationState.Unknown,
        };

    /// <summary>Whether the operator has acted upon the newest wishes.</summary>
    public static bool IsUpToDate(TenantPlugin plugin) => plugin.IsUpToDate();

    /// <summary>An entry's name for people.</summary>
    public static string NameOf(PluginDefinition? definition, string? id) => definition?.Spec?.DisplayName is { Length: > 0 } name ? name : id ?? string.Empty;

    /// <summary>An entry's category.</summary>
    public static string? Category(PluginDefinition? definition) => definition?.Spec?.Category is { } category ? EnumText.Of(category) : null;

    /// <summary>The schema of a plugin's config: that of the version that was asked for.</summary>
    public static System.Text.Json.JsonElement? SchemaOf(TenantPlugin plugin, PluginDefinition? definition) =>
        definition is null ? null : VersionResolver.Resolve(plugin.Spec?.Version, definition).Version?.ConfigSchema;

    private static IEnumerable<PluginVersionSpec> Versions(PluginDefinition? definition) =>
        (definition?.Spec?.Versions ?? []).Where(static version => !string.IsNullOrEmpty(version?.Version));

    private static RolloutView? Rollout(TenantPluginStatus? status) => status switch
    {
        { Rollback: { } back } => new RolloutView("taken_back", back.Revision, back.Version, back.At, Text(back.Message)),
        { Rollout: { } trying } => new RolloutView("trying", trying.Revision, trying.PreviousVersion, trying.StartedAt, null),
        _ => null,
    };

    // What is worth saying in a line: nothing while all is well.
    private static string? Message(TenantPlugin plugin) => plugin.Status?.FindCondition(ConditionTypes.Ready) is { Status: not "True", Message: { Length: > 0 } message } ? message : null;

    private static string Word(HealthState? state) => state switch
    {
        HealthState.Healthy => "healthy",
        HealthState.Degraded => "degraded",
        HealthState.Unhealthy => "unhealthy",
        _ => "unknown",
    };

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
