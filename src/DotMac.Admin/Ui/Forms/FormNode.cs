using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.References;

namespace DotMac.Admin.Ui.Forms;

/// <summary>A field with what is filled in. What a configuration holds beyond its form is kept, and so are secrets, unless others are typed in.</summary>
public sealed class FormNode
{
    private const string Yes = "true";
    private const string No = "false";

    private readonly List<FormNode> _children = [];
    private JsonObject _unknown = [];
    private JsonNode? _kept;

    /// <summary>A field with nothing filled in.</summary>
    public FormNode(FormField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        Field = field;
        _children.AddRange(field.Fields.Select(static child => new FormNode(child)));
    }

    /// <summary>The field.</summary>
    public FormField Field { get; }

    /// <summary>What is typed in or chosen; empty for nothing.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The name of an entry of a map.</summary>
    public string Key { get; set; } = string.Empty;

    /// <summary>The fields of a group, or the items of a list or a map.</summary>
    public IReadOnlyList<FormNode> Children => _children;

    /// <summary>Whether a secret is kept already, and stays unless another one is typed in.</summary>
    public bool HasKept => _kept is not null;

    /// <summary>The reference to a secret that is kept; null where none is, or where it stands in the configuration itself.</summary>
    public string? KeptReference =>
        _kept is JsonValue value && value.TryGetValue<string>(out var text) && ConfigTemplate.TryParse(text, out var template, out _) && template.HasReferences ? text : null;

    /// <summary>Whether anything is filled in.</summary>
    public bool IsEmpty => Text.Length == 0 && _kept is null && _unknown.Count == 0 && (Field.Kind == FormKind.Group ? _children.TrueForAll(static child => child.IsEmpty) : _children.Count == 0);

    /// <summary>Fills the form with a configuration.</summary>
    public void Load(JsonElement value)
    {
        switch (Field.Kind)
        {
            case FormKind.Group when value.ValueKind == JsonValueKind.Object:
                LoadGroup(value);
                break;
            case FormKind.List when value.ValueKind == JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add().Load(item);
                }

                break;
            case FormKind.Map when value.ValueKind == JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    var entry = Add();
                    entry.Key = member.Name;
                    entry.Load(member.Value);
                }

                break;
            case FormKind.Secret or FormKind.SecretLines:
                _kept = JsonNode.Parse(value.GetRawText());
                break;
            case FormKind.Json or FormKind.Group or FormKind.List or FormKind.Map:
                Text = value.GetRawText();
                break;
            default:
                Text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Null ? string.Empty : value.GetRawText();
                break;
        }
    }

    /// <summary>Adds an item to a list or a map.</summary>
    public FormNode Add()
    {
        var item = new FormNode(Field.Item ?? throw new InvalidOperationException($"{Field.Name} has no items"));
        _children.Add(item);
        return item;
    }

    /// <summary>Takes an item away.</summary>
    public void Remove(FormNode item) => _children.Remove(item);

    /// <summary>Forgets a secret that is kept.</summary>
    public void Forget() => _kept = null;

    /// <summary>What is filled in, as it goes into the configuration; null for nothing.</summary>
    /// <param name="errors">Told of what cannot be read: pointers into the configuration, and what is wrong.</param>
    /// <param name="pointer">The place of this field.</param>
    public JsonNode? Value(IDictionary<string, string> errors, string pointer = "")
    {
        ArgumentNullException.ThrowIfNull(errors);
        return Field.Kind switch
        {
            // What did not fit the form when it was loaded is JSON.
            FormKind.Group or FormKind.List or FormKind.Map when Text.Length > 0 => Json(errors, pointer),
            FormKind.Group => Group(errors, pointer),
            FormKind.List => _children.Count == 0 ? null : new JsonArray([.. _children.Select((child, at) => child.Value(errors, JsonPointer.Append(pointer, at)))]),
            FormKind.Map => Map(errors, pointer),
            FormKind.Json => Json(errors, pointer),
            FormKind.Secret or FormKind.SecretLines => Text.Length > 0 ? JsonValue.Create(Text) : _kept?.DeepClone(),
            FormKind.YesNo => Text switch { Yes => JsonValue.Create(true), No => JsonValue.Create(false), "" => null, _ => JsonValue.Create(Text) },
            FormKind.Integer or FormKind.Number => Number(),
            FormKind.Choice => Choice(),
            _ => Text.Length > 0 ? JsonValue.Create(Text) : null,
        };
    }

    private void LoadGroup(JsonElement value)
    {
        var members = JsonNode.Parse(value.GetRawText())!.AsObject();
        foreach (var child in _children)
        {
            if (value.TryGetProperty(child.Field.Name, out var member))
            {
                child.Load(member);
                members.Remove(child.Field.Name);
            }
        }

        _unknown = members;
    }

    private JsonObject? Group(IDictionary<string, string> errors, string pointer)
    {
        // An item of a list is there because somebody added it.
        if (IsEmpty && !Field.IsRequired && Field.Name.Length > 0)
        {
            return null;
        }

        var group = _unknown.DeepClone().AsObject();
        foreach (var child in _children)
        {
            if (child.Value(errors, JsonPointer.Append(pointer, child.Field.Name)) is { } value)
            {
                group[child.Field.Name] = value;
            }
        }

        return group;
    }

    private JsonObject? Map(IDictionary<string, string> errors, string pointer)
    {
        if (_children.Count == 0)
        {
            return null;
        }

        var map = new JsonObject();
        foreach (var child in _children)
        {
            var place = JsonPointer.Append(pointer, child.Key);
            if (child.Key.Length == 0)
            {
                errors.TryAdd(pointer, Strings.FormEntryNeedsName);
            }
            else if (!map.TryAdd(child.Key, child.Value(errors, place)))
            {
                errors.TryAdd(place, Strings.FormEntryTwice);
            }
        }

        return map;
    }

    private JsonNode? Json(IDictionary<string, string> errors, string pointer)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Text);
        }
        catch (JsonException)
        {
            errors.TryAdd(pointer, Strings.FormNotJson);
            return null;
        }
    }

    // What is no number goes on as it is: a reference, or something that is told to be wrong where all else is.
    private JsonValue? Number()
    {
        var text = Text.Trim();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
            : Field.Kind == FormKind.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    private JsonNode? Choice()
    {
        var chosen = Field.Choices.FirstOrDefault(choice => ShownChoice(choice) == Text);
        return Text.Length == 0 ? null : chosen.ValueKind == JsonValueKind.Undefined ? JsonValue.Create(Text) : JsonNode.Parse(chosen.GetRawText());
    }

    /// <summary>A choice as it is shown.</summary>
    public static string ShownChoice(JsonElement choice) => choice.ValueKind == JsonValueKind.String ? choice.GetString()! : choice.GetRawText();
}
