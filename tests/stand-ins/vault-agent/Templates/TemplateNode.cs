namespace DotMac.StandIns.VaultAgent.Templates;

/// <summary>A part of a template.</summary>
internal abstract record TemplateNode
{
    /// <summary>Text as it is.</summary>
    public sealed record Literal(string Text) : TemplateNode;

    /// <summary>A value to print.</summary>
    public sealed record Output(IReadOnlyList<IReadOnlyList<string>> Pipeline) : TemplateNode;

    /// <summary><c>with</c>, <c>if</c> or <c>range</c>.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Variables">What the value, or key and value, are called.</param>
    /// <param name="Pipeline">The value.</param>
    /// <param name="Body">What to do with it.</param>
    /// <param name="Otherwise">What to do when there is none.</param>
    public sealed record Block(
        string Kind,
        IReadOnlyList<string> Variables,
        IReadOnlyList<IReadOnlyList<string>> Pipeline,
        IReadOnlyList<TemplateNode> Body,
        IReadOnlyList<TemplateNode> Otherwise) : TemplateNode;
}
