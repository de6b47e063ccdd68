namespace DotMac.Audit.Entries;

/// <summary>Who did it.</summary>
/// <param name="Name">The name that the one who knew them gives.</param>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Groups">The groups that they are in; null when not known.</param>
public sealed record AuditActor(string Name, AuditActorKind Kind, IReadOnlyList<string>? Groups = null)
{
    /// <summary>Somebody whom nobody could name.</summary>
    public static AuditActor Unknown { get; } = new("unknown", AuditActorKind.Unknown);
}
