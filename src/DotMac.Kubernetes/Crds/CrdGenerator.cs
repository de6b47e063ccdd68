using System.Reflection;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Crds;

/// <summary>
/// Turns an entity into its <c>apiextensions.k8s.io/v1</c> CustomResourceDefinition, with a structural schema that Kubernetes 1.20 and
/// newer
/// accept.
/// </summary>
public static class CrdGenerator
{
    private static readonly string[] ColumnTypes = ["string", "integer", "number", "boolean", "date"];

    /// <summary>Generates the definition of a kind. The same type always gives the same definition.</summary>
    /// <param name="entity">A class with <see cref="KubernetesEntityAttribute"/> and a property <c>Spec</c>.</param>
    /// <param name="docs">Where descriptions come from; null leaves them out.</param>
    /// <param name="validationRules">
    /// Whether <see cref="SchemaRuleAttribute"/> is written. Servers from 1.25 on enforce it. Older ones drop it, but before 1.23 kubectl
    /// and Helm
    /// refuse to send what is not in the server's own schema, so a definition for all of them has to do without.
    /// </param>
    /// <returns>The definition as JSON.</returns>
    /// <exception cref="InvalidOperationException">The type has no <see cref="KubernetesEntityAttribute"/>.</exception>
    /// <exception cref="CrdException">A property cannot be expressed in a schema.</exception>
    public static JsonObject Generate(Type entity, XmlDocumentation? docs = null, bool validationRules = false)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var type = EntityType.Of(entity);
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{type.Plural}.{type.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = type.Group,
                ["names"] = Names(entity, type),
                ["scope"] = type.Scope.ToString(),
                ["versions"] = new JsonArray(Version(entity, type, new SchemaBuilder(docs, validationRules), docs?.Of(entity))),
            },
        };
    }

    private static JsonObject Names(Type entity, EntityType type)
    {
        var names = new JsonObject
        {
            ["kind"] = type.Kind,
            ["listKind"] = $"{type.Kind}List",
            ["plural"] = type.Plural,
            ["singular"] = type.Kind.ToLowerInvariant(),
        };
        AddTexts(names, "shortNames", entity.GetCustomAttributes<ShortNameAttribute>().Select(attribute => attribute.Name));
        AddTexts(names, "categories", entity.GetCustomAttributes<CategoryAttribute>().Select(attribute => attribute.Name));
        return names;
    }

    private static JsonObject Version(Type entity, EntityType type, SchemaBuilder builder, string? description)
    {
        var schema = RootSchema(entity, type, builder, description);
        var version = new JsonObject { ["name"] = type.Version, ["served"] = true, ["storage"] = true };
        if (((JsonObject)schema["properties"]!).ContainsKey("status"))
        {
            version["subresources"] = new JsonObject { ["status"] = new JsonObject() };
        }

        var columns = entity.GetCustomAttributes<PrinterColumnAttribute>().Select(column => Column(column, type)).ToArray<JsonNode>();
        if (columns.Length > 0)
        {
            version["additionalPrinterColumns"] = new JsonArray(columns);
        }

        version["schema"] = new JsonObject { ["openAPIV3Schema"] = schema };
        return version;
    }

    private static JsonObject Column(PrinterColumnAttribute column, EntityType type)
    {
        if (!ColumnTypes.Contains(column.Type))
        {
            throw new CrdException(
                $"{type.Kind} column {column.Name}",
                $"{column.Type} is no type of a column; write one of {string.Join(", ", ColumnTypes)}");
        }

        var result = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
        if (column.Description is not null)
        {
            result["description"] = column.Description;
        }

        if (column.Priority != 0)
        {
            result["priority"] = column.Priority;
        }

        return result;
    }

    private static JsonObject RootSchema(Type entity, EntityType type, SchemaBuilder builder, string? description)
    {
        var properties = new JsonObject
        {
            ["apiVersion"] = Text($"Always {type.ApiVersion}."),
            ["kind"] = Text($"Always {type.Kind}."),
            ["metadata"] = new JsonObject { ["type"] = "object" },
        };
        foreach (var name in (ReadOnlySpan<string>)["Spec", "Status"])
        {
            if (entity.GetProperty(name) is { } part)
            {
                properties[SchemaProperties.NameOf(part)] = builder.OfProperty(part, type.Kind);
            }
        }

        var root = new JsonObject();
        if (description is not null)
        {
            root["description"] = description;
        }

        root["type"] = "object";
        if (properties["spec"] is JsonObject spec && spec.ContainsKey("required"))
        {
            root["required"] = new JsonArray("spec");
        }

        root["properties"] = properties;
        return root;
    }

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static void AddTexts(JsonObject into, string name, IEnumerable<string> texts)
    {
        var values = texts.Select(text => (JsonNode)JsonValue.Create(text)).ToArray();
        if (values.Length > 0)
        {
            into[name] = new JsonArray(values);
        }
    }
}
