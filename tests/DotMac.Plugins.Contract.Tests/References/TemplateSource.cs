namespace DotMac.Plugins.Contract.Tests.References;

/// <summary>A config string that may hold references. It may be malformed where its pieces meet.</summary>
public sealed record TemplateSource(string Text);
