using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>What a plugin can be rolled back to.</summary>
public sealed record RevisionList([property: Description("Newest first.")] IReadOnlyList<RevisionView> Revisions);
