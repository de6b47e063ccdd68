using DotMac.Kubernetes.Crds;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Contract;

namespace DotMac.Plugins.Resources.Crds;

/// <summary>The CustomResourceDefinitions of this product, generated from its entities.</summary>
public static class ResourceCrds
{
    private static readonly Type[] Entities = [typeof(TenantPlugin), typeof(PluginDefinition)];

    /// <summary>Generates all of them.</summary>
    /// <param name="validationRules">
    /// Whether CEL rules are written, for servers from 1.25 on. The files in <c>crds/</c> have none: kubectl and Helm would refuse to send
    /// them to
    /// a server before 1.23.
    /// </param>
    /// <returns>By file name, <c>plugins.dotmac.io_tenantplugins.yaml</c>: the definition as YAML, in a fixed order.</returns>
    /// <exception cref="FileNotFoundException">The documentation files are not beside the program.</exception>
    public static IReadOnlyDictionary<string, string> All(bool validationRules = false)
    {
        var docs = XmlDocumentation.Beside(typeof(TenantPlugin).Assembly, typeof(IKubernetesObject).Assembly, typeof(ReloadMode).Assembly);
        return new SortedDictionary<string, string>(
            Entities.ToDictionary(FileName, type => CrdYaml.Write(CrdGenerator.Generate(type, docs, validationRules))),
            StringComparer.Ordinal);
    }

    private static string FileName(Type entity)
    {
        var type = EntityType.Of(entity);
        return $"{type.Group}_{type.Plural}.yaml";
    }
}
