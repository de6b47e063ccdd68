using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Crds;

/// <summary>Builds the structural schema of types, from their shape, their attributes and their documentation.</summary>
internal sealed class SchemaBuilder(XmlDocumentation? docs, bool validationRules)
{
    // The server's own expression for quantities, so that it says what it would say of a Pod.
    private const string QuantityPattern =
        @"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

    private readonly Stack<Type> _open = new();

    /// <summary>The schema of a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="owner">The place of the object that it belongs to, for messages.</param>
    public JsonObject OfProperty(PropertyInfo property, string owner)
    {
        var place = $"{owner}.{SchemaProperties.NameOf(property)}";
        var schema = OfType(property.PropertyType, place, property);
        SchemaConstraints.Apply(schema, property, place);
        AddRules(schema, property);
        return Described(schema, Description(property));
    }

    private JsonObject OfType(Type declared, string place, PropertyInfo? property)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string))
        {
            return new JsonObject { ["type"] = "string" };
        }

        if (type == typeof(bool))
        {
            return new JsonObject { ["type"] = "boolean" };
        }

        if (type == typeof(int) || type == typeof(short) || type == typeof(byte))
        {
            return new JsonObject { ["type"] = "integer", ["format"] = "int32" };
        }

        if (type == typeof(long))
        {
            return new JsonObject { ["type"] = "integer", ["format"] = "int64" };
        }

        if (type == typeof(DateTimeOffset) || type == typeof(DateTime))
        {
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        }

        if (type == typeof(float) || type == typeof(double) || type == typeof(decimal) || type == typeof(Half))
        {
            throw new CrdException(
                place,
                "no floats in a CRD: clients of other languages round them differently; use an integer of a smaller unit, or a quantity");
        }

        if (type.IsEnum)
        {
            return new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. SchemaProperties.MembersOf(type).Select(member => (JsonNode)JsonValue.Create(member.Name))]),
            };
        }

        return OfStructure(type, place, property);
    }

    private JsonObject OfStructure(Type type, string place, PropertyInfo? property)
    {
        if (type == typeof(ResourceQuantity))
        {
            return IntOrStringSchema(QuantityPattern);
        }

        if (type == typeof(IntOrString))
        {
            return IntOrStringSchema(null);
        }

        if (type == typeof(JsonElement))
        {
            return property?.GetCustomAttribute<SchemaPreserveUnknownFieldsAttribute>() is not null
                ? new JsonObject { ["type"] = "object" }
                : throw new CrdException(place, "a JsonElement needs [SchemaPreserveUnknownFields], or the server drops what is in it");
        }

        if ((Arguments(type, typeof(IDictionary<,>)) ?? Arguments(type, typeof(IReadOnlyDictionary<,>))) is [var key, var value])
        {
            return key == typeof(string)
                ? new JsonObject { ["type"] = "object", ["additionalProperties"] = OfType(value, $"{place}.*", null) }
                : throw new CrdException(place, "the keys of a map must be strings");
        }

        if (Arguments(type, typeof(IEnumerable<>)) is [var item])
        {
            var items = Described(OfType(item, $"{place}[]", null), item.IsClass ? docs?.Of(item) : null);
            return new JsonObject { ["type"] = "array", ["items"] = items };
        }

        var ours = type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;
        return type.IsClass && !type.IsAbstract && ours
            ? OfClass(type, place)
            : throw new CrdException(place, $"{type.Name} has no schema; use a class, or a JsonElement with [SchemaPreserveUnknownFields]");
    }

    private JsonObject OfClass(Type type, string place)
    {
        if (_open.Contains(type))
        {
            throw new CrdException(
                place,
                $"{type.Name} contains itself, which a structural schema cannot express; use a JsonElement with [SchemaPreserveUnknownFields]");
        }

        _open.Push(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in SchemaProperties.Of(type))
        {
            var name = SchemaProperties.NameOf(property);
            properties[name] = OfProperty(property, place);
            if (SchemaConstraints.IsRequired(property))
            {
                required.Add(name);
            }
        }

        _open.Pop();
        var schema = new JsonObject { ["type"] = "object" };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        schema["properties"] = properties;
        SchemaConstraints.ApplyDefault(schema, type, place);
        AddRules(schema, type);
        StandardSchemas.Refine(schema, type);
        return schema;
    }

    private void AddRules(JsonObject schema, MemberInfo member)
    {
        if (validationRules)
        {
            SchemaConstraints.ApplyRules(schema, member);
        }
    }

    private static JsonObject IntOrStringSchema(string? pattern)
    {
        var schema = new JsonObject
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }),
        };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        schema["x-kubernetes-int-or-string"] = true;
        return schema;
    }

    private static Type[]? Arguments(Type type, Type generic) => type.GetInterfaces()
        .Prepend(type)
        .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == generic)?
        .GetGenericArguments();

    private string? Description(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var ofType = type.IsClass && type != typeof(string) ? docs?.Of(type) : null;

        // A property of a generic base knows nothing of what it holds.
        var summary = property.DeclaringType!.IsGenericType ? ofType ?? docs?.Of(property) : docs?.Of(property) ?? ofType;
        if (!type.IsEnum || docs is null)
        {
            return summary;
        }

        var members = SchemaProperties.MembersOf(type).Select(member => (member.Name, Summary: docs.Of(member.Field)));
        return string.Join(' ', [.. summary is null ? [] : new[] { summary }, .. members.Where(member => member.Summary is not null)
            .Select(member => $"{member.Name}: {member.Summary}")]);
    }

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (!string.IsNullOrEmpty(description) && !schema.ContainsKey("description"))
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }
}
