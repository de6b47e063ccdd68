using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>Something that a plugin can do.</summary>
public sealed record OperationView([property: Description("Its name.")] string Name, [property: Description("What it does.")] string? Description);
