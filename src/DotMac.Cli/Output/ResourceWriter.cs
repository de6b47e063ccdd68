using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Cli.Output;

/// <summary>Writes resources in the form that was asked for.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="kind">Its kind.</param>
/// <param name="plural">Its plural, as the API has it.</param>
/// <param name="columns">The columns of its table.</param>
internal sealed class ResourceWriter<T>(string kind, string plural, IReadOnlyList<Column<T>> columns)
    where T : class, IKubernetesEntity
{
    // For a terminal, and for jq: what HTML would need is not escaped.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes several.</summary>
    public void Write(TextWriter output, IReadOnlyList<T> items, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json or OutputFormat.Yaml:
                Write(output, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. items.Select(Document)]) }, format);
                break;
            case OutputFormat.Name:
                foreach (var item in items)
                {
                    output.WriteLine($"{plural}.{ResourceNames.Group}/{item.Metadata.Name}");
                }

                break;
            default:
                new TableWriter<T>(columns, format == OutputFormat.Wide).Write(output, items);
                break;
        }
    }

    /// <summary>Writes one.</summary>
    public void WriteOne(TextWriter output, T item, OutputFormat format)
    {
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            Write(output, Document(item), format);
        }
        else
        {
            Write(output, [item], format);
        }
    }

    private static void Write(TextWriter output, JsonObject document, OutputFormat format)
    {
        if (format == OutputFormat.Yaml)
        {
            output.Write(JsonYaml.Write(document));
        }
        else
        {
            output.WriteLine(document.ToJsonString(Indented));
        }
    }

    // Who manages which field is of no use here and most of the text.
    private JsonObject Document(T item)
    {
        var document = new JsonObject { ["apiVersion"] = $"{ResourceNames.Group}/{ResourceNames.Version}", ["kind"] = kind };
        foreach (var (name, value) in ResourceJson.Object(item).Where(static member => member.Key is not ("apiVersion" or "kind")))
        {
            document[name] = value?.DeepClone();
        }

        document["metadata"]?.AsObject().Remove("managedFields");
        return document;
    }
}
