namespace DotMac.Audit.Reading;

/// <summary>Which entries are asked for. Pure.</summary>
public sealed record AuditQuery
{
    /// <summary>Only of this tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only of this plugin: the name of what it was done to, or of the catalog's entry.</summary>
    public string? Plugin { get; init; }

    /// <summary>Only this operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Only with this result.</summary>
    public string? Result { get; init; }

    /// <summary>Only by this actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Only from then on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Matches(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Is(Tenant, record.Text("tenant"))
            && (Plugin is null || record.Text("plugin") == Plugin || record.Text("subject", "name") == Plugin)
            && Is(Operation, record.Text("operation"))
            && Is(Result, record.Text("result"))
            && Is(Actor, record.Text("actor", "name"))
            && (Since is not { } since || record.Time >= since)
            && (Until is not { } until || record.Time < until);
    }

    private static bool Is(string? wanted, string? there) => wanted is null || wanted == there;
}
