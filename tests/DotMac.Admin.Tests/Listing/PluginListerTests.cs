using System.Collections.Immutable;
using DotMac.Admin.Listing;
using DotMac.Admin.Views;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Admin.Tests.Listing;

public sealed class PluginListerTests
{
    private readonly Dictionary<string, PluginDefinition> _catalog = [];
    private readonly Dictionary<ObjectKey, TenantPlugin> _plugins = [];
    private readonly HashSet<string> _hidden = [];

    [Fact]
    public void Entries_are_in_order_with_what_is_installed_of_them()
    {
        Catalog("stripe", "twilio", "slack");
        Install("twilio", "b", "two");
        Install("twilio", "a", "one");
        Page(new ListQuery()).Plugins.Select(static p => $"{p.PluginId}:{string.Join(',', p.Installations.Select(static i => i.Id))}").Should().Equal("slack:", "stripe:", "twilio:one,two");
    }

    [Fact]
    public void What_may_not_be_seen_is_as_if_it_were_not_there()
    {
        Catalog("twilio");
        Install("twilio", "a", "one");
        _hidden.Add("a");
        var entry = Page(new ListQuery()).Plugins.Should().ContainSingle().Subject;
        entry.Installations.Should().BeEmpty();
    }

    [Fact]
    public void What_was_installed_of_an_entry_that_is_gone_is_listed_still()
    {
        Install("old", "a", "one");
        var entry = Page(new ListQuery()).Plugins.Should().ContainSingle().Subject;
        entry.Available.Should().BeFalse();
        entry.Installations.Should().HaveCount(1);
    }

    [Fact]
    public void Filters_leave_what_fits()
    {
        Catalog("twilio", "slack", "stripe");
        _catalog["slack"].Spec.Category = PluginCategory.Communication;
        _catalog["twilio"].Spec.Category = PluginCategory.Communication;
        Install("twilio", "a", "one", PluginPhase.Active);
        Install("twilio", "b", "two", PluginPhase.Failed);
        Ids(new ListQuery { Category = "communication" }).Should().Equal("slack", "twilio");
        Ids(new ListQuery { NotInstalled = true }).Should().Equal("slack", "stripe");
        Ids(new ListQuery { Tenant = "t-a", NotInstalled = true }).Should().Equal("slack", "stripe");
        Page(new ListQuery { Tenant = "t-b" }).Plugins.Single(static p => p.PluginId == "twilio").Installations.Select(static i => i.Id).Should().Equal("two");
        var failed = Page(new ListQuery { State = InstallationState.Failed }).Plugins.Should().ContainSingle().Subject;
        failed.Installations.Select(static i => i.Id).Should().Equal("two");
        Ids(new ListQuery { Search = "T-B" }).Should().Equal("twilio");
        Ids(new ListQuery { Search = "str" }).Should().Equal("stripe");
    }

    [Property(MaxTest = 200)]
    public Property Pages_of_any_size_hold_everything_once() => Prop.ForAll(
        Gen.Choose(1, 7).ToArbitrary(),
        Installations.ListOf().ToArbitrary(),
        (limit, installed) =>
        {
            var test = new PluginListerTests();
            test.Catalog("a", "b", "x");
            foreach (var (plugin, ns, n) in installed)
            {
                test.Install(plugin, ns, $"p{n}-{plugin}");
            }

            var (rows, cursor, pages) = (new List<string>(), default(ListCursor), 0);
            do
            {
                var page = test.Page(new ListQuery { Limit = limit, After = cursor });
                page.Plugins.Sum(static p => Math.Max(1, p.Installations.Count)).Should().BeLessThanOrEqualTo(limit);
                rows.AddRange(page.Plugins.SelectMany(static p => p.Installations.Count == 0 ? [p.PluginId] : p.Installations.Select(i => $"{p.PluginId}/{i.Namespace}/{i.Id}")));
                cursor = page.NextCursor is { } next ? ListCursor.Parse(next) : null;
                (++pages).Should().BeLessThan(200);
            }
            while (cursor is not null);

            var expected = test._plugins.Values.Select(static p => $"{p.Spec.Plugin}/{p.Metadata.Namespace}/{p.Metadata.Name}")
                .Concat(test._catalog.Keys.Where(id => test._plugins.Values.All(p => p.Spec.Plugin != id)));
            rows.Should().BeEquivalentTo(expected);
            rows.Should().OnlyHaveUniqueItems();
        });

    private static Gen<(string Plugin, string Namespace, int Number)> Installations =>
        from plugin in Gen.Elements("a", "b", "c", "d")
        from ns in Gen.Elements("ns1", "ns2")
        from number in Gen.Choose(0, 9)
        select (plugin, ns, number);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("WyJhIl0")]
    [InlineData("%%%")]
    [InlineData("WzEsMiwzXQ")]
    [InlineData("bnVsbA")]
    public void What_is_no_cursor_is_none(string text) => ListCursor.Parse(text).Should().BeNull();

    [Fact]
    public void A_cursor_comes_back_as_it_was()
    {
        var cursor = new ListCursor("twilio", "tenant-ä", "a/b\"c");
        ListCursor.Parse(cursor.ToString()).Should().Be(cursor);
    }

    private IEnumerable<string> Ids(ListQuery query) => Page(query).Plugins.Select(static p => p.PluginId);

    private PluginPage Page(ListQuery query) => new PluginLister(
        id => _catalog.GetValueOrDefault(id), key => _plugins.GetValueOrDefault(key), ns => _hidden.Contains(ns) ? null : $"t-{ns}").Page(
            [
                .. _catalog.Keys.Select(static id => new ListCursor(id, string.Empty, string.Empty)),
                .. _plugins.Select(static p => new ListCursor(p.Value.Spec.Plugin!, p.Key.Namespace, p.Key.Name)),
            ],
            query);

    private void Catalog(params string[] ids)
    {
        foreach (var id in ids)
        {
            _catalog[id] = new PluginDefinition { Metadata = new V1ObjectMeta { Name = id }, Spec = new PluginDefinitionSpec() };
        }
    }

    private void Install(string plugin, string ns, string name, PluginPhase phase = PluginPhase.Active) => _plugins[new ObjectKey(ns, name)] = new TenantPlugin
    {
        Metadata = new V1ObjectMeta { Namespace = ns, Name = name },
        Spec = new TenantPluginSpec { Plugin = plugin },
        Status = new TenantPluginStatus { Phase = phase },
    };
}
