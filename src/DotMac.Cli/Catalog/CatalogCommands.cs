using System.CommandLine;
using DotMac.Cli.Connections;
using DotMac.Cli.Output;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Cli.Catalog;

/// <summary><c>dotmac plugin search</c> and <c>dotmac plugin info</c>: what can be installed.</summary>
internal static class CatalogCommands
{
    private static readonly ResourceWriter<PluginDefinition> Table = new(
        ResourceNames.PluginDefinitionKind,
        ResourceNames.PluginDefinitionPlural,
        [
            new("NAME", static d => d.Metadata.Name),
            new("CATEGORY", static d => d.Spec?.Category is { } category ? EnumText.Of(category) : null),
            new("VERSION", static d => d.Spec?.DefaultVersion),
            new("DESCRIPTION", static d => d.Spec?.Description),
            new("AUTHOR", static d => d.Spec?.Author, IsWide: true),
        ]);

    /// <summary>Makes <c>search</c>.</summary>
    public static Command Search(Terminal terminal)
    {
        var cluster = new ClusterOptions(isOfTenant: false);
        var text = new Argument<string?>("text") { Description = "What the id, the name or the description holds. Default: everything", Arity = ArgumentArity.ZeroOrOne };
        var category = new Option<string?>("--category") { Description = $"One of {string.Join(", ", EnumText.All<PluginCategory>())}" };
        category.AcceptOnlyFromAmong([.. EnumText.All<PluginCategory>()]);
        var format = OutputOption.Create();
        var command = new Command("search", "Lists what can be installed.") { text, category, format };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            async found =>
            {
                var (wanted, of) = (parsed.GetValue(text), parsed.GetValue(category));
                var all = await found.Client.Resource<PluginDefinition>().ListAsync(ListOptions.All, cancellationToken);
                var fitting = all.Items
                    .Where(definition => of is null || (definition.Spec?.Category is { } its && EnumText.Of(its) == of))
                    .Where(definition => wanted is null || Holds(definition.Metadata.Name, wanted) || Holds(definition.Spec?.DisplayName, wanted) || Holds(definition.Spec?.Description, wanted))
                    .OrderBy(static definition => definition.Metadata.Name, StringComparer.Ordinal)
                    .ToList();
                if (fitting.Count == 0 && parsed.GetValue(format) is OutputFormat.Table or OutputFormat.Wide)
                {
                    terminal.Error.WriteLine(all.Items.Count == 0 ? "The catalog is empty; kubectl apply -f config/catalog fills it" : "The catalog has nothing that fits; dotmac plugin search lists all of it");
                    return ExitCodes.Success;
                }

                Table.Write(terminal.Out, fitting, parsed.GetValue(format));
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }

    /// <summary>Makes <c>info</c>.</summary>
    public static Command Info(Terminal terminal)
    {
        var cluster = new ClusterOptions(isOfTenant: false);
        var id = new Argument<string>("id") { Description = "The entry of the catalog" };
        var format = OutputOption.Create();
        var command = new Command("info", "Says what an entry of the catalog can do, and what it needs.") { id, format };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            async found =>
            {
                if (await found.Client.Resource<PluginDefinition>().GetAsync(new ObjectKey(string.Empty, parsed.GetValue(id)!), cancellationToken) is not { } definition)
                {
                    return Cluster.Refuse(terminal, $"the catalog has no {parsed.GetValue(id)}; dotmac plugin search lists it", ExitCodes.Failure);
                }

                if (parsed.GetValue(format) is var wanted && wanted is OutputFormat.Table or OutputFormat.Wide)
                {
                    CatalogEntryText.Write(terminal.Out, definition);
                }
                else
                {
                    Table.WriteOne(terminal.Out, definition, wanted);
                }

                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }

    private static bool Holds(string? text, string wanted) => text?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true;
}
