using System.Text.Json;
using DotMac.Admin.Config;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Words;
using DotMac.Plugins.Contract.References;

namespace DotMac.Admin.Ui.Forms;

/// <summary>Puts what is wrong beside the fields that it is about. Pure.</summary>
internal static class FormErrors
{
    /// <summary>The errors of fields by their pointers into the configuration, and those that are about nothing in the form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="schema">The configuration's schema.</param>
    /// <param name="errors">What is wrong, as the API says it.</param>
    public static (IReadOnlyDictionary<string, string> Fields, IReadOnlyList<FieldError> Others) Of(FormNode form, JsonElement? schema, IEnumerable<FieldError> errors)
    {
        var places = new Dictionary<string, (string Pointer, FormField Field)>(StringComparer.Ordinal);
        Collect(form, string.Empty, schema, places);
        var (fields, others) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<FieldError>());
        foreach (var error in errors)
        {
            if (Nearest(error.Pointer, places) is { } place)
            {
                var message = Plain(error.Message, place.Field);
                fields[place.Pointer] = fields.TryGetValue(place.Pointer, out var known) ? $"{known}; {message}" : message;
            }
            else
            {
                others.Add(error);
            }
        }

        return (fields, others);
    }

    /// <summary>The id of a field's element.</summary>
    public static string IdOf(string pointer) =>
        "f" + string.Concat(pointer.Select(static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{(int)c:x}-")));

    // Who reads no regular expressions reads an example.
    private static string Plain(string message, FormField field) =>
        field.Example is { } example && message.Contains("regular expression", StringComparison.Ordinal) ? Say.Of(Strings.FormLike, example) : message;

    private static void Collect(FormNode node, string pointer, JsonElement? schema, Dictionary<string, (string Pointer, FormField Field)> places)
    {
        if (pointer.Length > 0)
        {
            places.TryAdd(ConfigPlan.Place + ConfigNames.PointerToGuide(pointer, schema), (pointer, node.Field));
        }

        for (var i = 0; i < node.Children.Count; i++)
        {
            var child = node.Children[i];
            var place = node.Field.Kind switch
            {
                FormKind.List => JsonPointer.Append(pointer, i),
                FormKind.Map => JsonPointer.Append(pointer, child.Key),
                _ => JsonPointer.Append(pointer, child.Field.Name),
            };
            Collect(child, place, schema, places);
        }
    }

    // What is wrong inside a field that is filled in as a whole is wrong with that field.
    private static (string Pointer, FormField Field)? Nearest(string pointer, Dictionary<string, (string Pointer, FormField Field)> places)
    {
        for (var here = pointer; here.Length > ConfigPlan.Place.Length; here = here[..here.LastIndexOf('/')])
        {
            if (places.TryGetValue(here, out var place))
            {
                return place;
            }
        }

        return null;
    }
}
