namespace DotMac.Plugins.Contract.References;

/// <summary>Text that stands for itself.</summary>
/// <param name="Text">The text, unescaped (<c>$${</c> has become <c>${</c>). May be a secret that somebody wrote into the config.</param>
public sealed record LiteralSegment(string Text) : TemplateSegment
{
    /// <summary>A placeholder: literal text may be a secret, so it does not print itself.</summary>
    public override string ToString() => "LiteralSegment";
}
