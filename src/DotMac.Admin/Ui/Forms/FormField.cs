using System.Text.Json;

namespace DotMac.Admin.Ui.Forms;

/// <summary>A field of a form, as a schema describes it.</summary>
/// <param name="Name">Its name in the configuration; empty for what has none of its own, such as the items of a list.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Title">What it is called.</param>
public sealed record FormField(string Name, FormKind Kind, string Title)
{
    /// <summary>What it is for; null when the schema does not say.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What holds when it is left empty, as text; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<JsonElement> Choices { get; init; } = [];

    /// <summary>Example or format, shown where nothing is filled in; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>The fields of a group.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>What must be filled in besides, of several: each a list of fields that go together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> OneOf { get; init; } = [];

    /// <summary>What the items of a list or a map are; null for other kinds.</summary>
    public FormField? Item { get; init; }

    /// <summary>Whether it is never shown again once it is kept.</summary>
    public bool IsSecret => Kind is FormKind.Secret or FormKind.SecretLines;
}
