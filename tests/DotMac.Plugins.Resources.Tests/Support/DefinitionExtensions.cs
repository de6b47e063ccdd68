namespace DotMac.Plugins.Resources.Tests.Support;

internal static class DefinitionExtensions
{
    /// <summary>Gives every version the same image.</summary>
    public static PluginDefinition With(this PluginDefinition definition, string image)
    {
        foreach (var version in definition.Spec.Versions!)
        {
            version.Image = image;
        }

        return definition;
    }
}
