using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace DotMac.Admin.Ui.Parts;

/// <summary>SVG's text element, whose name means something else in Razor.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Where it is, from the left.</summary>
    [Parameter, EditorRequired]
    public string X { get; set; } = string.Empty;

    /// <summary>Where it is, from the top.</summary>
    [Parameter, EditorRequired]
    public string Y { get; set; } = string.Empty;

    /// <summary>Whether it ends there instead of beginning there.</summary>
    [Parameter]
    public bool EndsThere { get; set; }

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "axis");
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "text-anchor", EndsThere ? "end" : "start");
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
