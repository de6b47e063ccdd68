namespace DotMac.Plugins.Contract.References;

/// <summary>One piece of a <see cref="ConfigTemplate"/>: a <see cref="LiteralSegment"/> or a <see cref="ReferenceSegment"/>.</summary>
public abstract record TemplateSegment
{
    private protected TemplateSegment()
    {
    }
}
