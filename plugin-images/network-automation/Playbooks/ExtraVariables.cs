using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>
/// Writes a call's variables for Ansible. Pure. Every text is marked <c>!unsafe</c>, so that it stays text: Ansible would otherwise take
/// <c>{{ lookup('pipe', …) }}</c> in it for something to run, in the plugin's container.
/// </summary>
internal static class ExtraVariables
{
    /// <summary>Why a variable's name cannot be used; null when it can.</summary>
    public static string? NameProblem(string name) =>
        !WholeMatch.Is(name, NetworkForms.Variable) ? "Names of variables have letters, digits and '_', no digit first."

            // These say how and as whom Ansible reaches devices, which is the config's to say.
            : name.StartsWith("ansible_", StringComparison.OrdinalIgnoreCase) ? "Names that begin with ansible_ belong to Ansible and cannot be set by a call."
            : null;

    /// <summary>The variables as YAML.</summary>
    public static string Text(IReadOnlyDictionary<string, JsonElement> variables)
    {
        var text = new StringBuilder("{");
        foreach ((string name, JsonElement value) in variables)
        {
            AppendMember(text, name, value);
        }

        return text.Append("}\n").ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    AppendMember(text, member.Name, member.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(", ");
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append("!unsafe ");
                AppendQuoted(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendMember(StringBuilder text, string name, JsonElement value)
    {
        AppendQuoted(text, name);
        text.Append(": ");
        Append(text, value);
        text.Append(", ");
    }

    // A double-quoted scalar (YAML 1.1, section 5.6). JSON's two escapes for one character beyond the basic plane mean something else in YAML.
    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                text.Append('\\').Append((char)rune.Value);
            }
            else if (rune.Value is >= ' ' and <= '~')
            {
                text.Append((char)rune.Value);
            }
            else
            {
                text.Append("\\U").Append(rune.Value.ToString("X8", CultureInfo.InvariantCulture));
            }
        }

        text.Append('"');
    }
}
