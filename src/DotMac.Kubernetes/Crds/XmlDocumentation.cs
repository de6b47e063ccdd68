using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DotMac.Kubernetes.Crds;

/// <summary>
/// The summaries of documentation comments, which the compiler writes beside an assembly. They describe the fields of a CRD, so that what
/// an
/// author reads in code and what a user reads in <c>kubectl explain</c> is one text.
/// </summary>
public sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries = new(StringComparer.Ordinal);

    private XmlDocumentation()
    {
    }

    /// <summary>Reads the documentation of assemblies from the files beside them.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <exception cref="FileNotFoundException">An assembly was published without its documentation.</exception>
    /// <exception cref="XmlException">A file is no XML.</exception>
    public static XmlDocumentation Beside(params IEnumerable<Assembly> assemblies)
    {
        var documentation = new XmlDocumentation();
        foreach (var assembly in assemblies.Distinct())
        {
            // Not Assembly.Location, which is empty in a single-file program.
            var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
            if (!File.Exists(path))
            {
                throw new FileNotFoundException(
                    $"{path} is missing, from which the CRDs take their descriptions; "
                    + "build with GenerateDocumentationFile and publish the file too",
                    path);
            }

            documentation.Add(XDocument.Load(path));
        }

        return documentation;
    }

    /// <summary>Reads documentation from text.</summary>
    /// <param name="xml">A documentation file as the compiler writes it.</param>
    /// <exception cref="XmlException">The text is no XML.</exception>
    public static XmlDocumentation Parse(string xml)
    {
        var documentation = new XmlDocumentation();
        documentation.Add(XDocument.Parse(xml));
        return documentation;
    }

    /// <summary>The summary of a type in plain text; null when it has none.</summary>
    public string? Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _summaries.GetValueOrDefault($"T:{Name(type)}");
    }

    /// <summary>The summary of a property in plain text; null when it has none.</summary>
    public string? Of(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return _summaries.GetValueOrDefault($"P:{Name(property.DeclaringType!)}.{property.Name}");
    }

    /// <summary>The summary of a field, an enum's member above all, in plain text; null when it has none.</summary>
    public string? Of(FieldInfo field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _summaries.GetValueOrDefault($"F:{Name(field.DeclaringType!)}.{field.Name}");
    }

    private static string Name(Type type) =>
        (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Text(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see when !see.Nodes().Any() => Target(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => name.Attribute("name")?.Value ?? string.Empty,
        XElement { Name.LocalName: "para" or "br" or "item" } block => $" {Text(block)} ",
        XElement inner => string.Concat(inner.Nodes().Select(Text)),
        _ => string.Empty,
    };

    // What a user knows a property by is its name in the manifest.
    private static string Target(XElement see)
    {
        var target = see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? see.Attribute("href")?.Value ?? string.Empty;
        var name = target.Split('(')[0].Split('.')[^1].Split('`')[0];
        return target switch
        {
            ['P', ':', ..] => JsonNamingPolicy.CamelCase.ConvertName(name),
            [_, ':', ..] => name.Split(':')[^1],
            _ => target,
        };
    }

    private void Add(XDocument document)
    {
        foreach (var member in document.Descendants("member"))
        {
            if (member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
            {
                _summaries[name] = Text(summary);
            }
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
