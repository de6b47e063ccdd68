namespace DotMac.Plugins.Contract.References;

/// <summary>A place where a reference's value goes.</summary>
/// <param name="Reference">The reference.</param>
public sealed record ReferenceSegment(ConfigReference Reference) : TemplateSegment;
