using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Tests.Fakes;

namespace DotMac.Kubernetes.Tests.Informers;

public sealed class ObjectStoreTests
{
    private readonly ObjectStore<V1ConfigMap> _store = new();

    [Fact]
    public void Objects_are_found_by_key_until_they_are_removed()
    {
        var a = Maps.New("n", "a", 1);
        _store.Set(ObjectKey.Of(a), a).Should().BeNull();
        var newer = Maps.New("n", "a", 2);
        _store.Set(ObjectKey.Of(a), newer).Should().BeSameAs(a);

        _store.Get(new ObjectKey("n", "a")).Should().BeSameAs(newer);
        _store.Get(new ObjectKey("other", "a")).Should().BeNull();
        _store.Count.Should().Be(1);
        _store.List().Should().Equal(newer);
        _store.Keys().Should().Equal(new ObjectKey("n", "a"));
        _store.Remove(ObjectKey.Of(a)).Should().BeSameAs(newer);
        _store.Remove(ObjectKey.Of(a)).Should().BeNull();
        _store.Count.Should().Be(0);
    }

    [Fact]
    public void An_index_follows_its_objects_also_those_from_before_it()
    {
        Set(Maps.New("n", "a", 1, ("plugin", "x"), ("plugin", "y")));
        _store.AddIndex("plugin", static m => m.Data!.Values.Select(static v => v.Split('=')[1]));
        Set(Maps.New("n", "b", 2, ("plugin", "y")));

        Names("x").Should().Equal("a");
        Names("y").Should().BeEquivalentTo("a", "b");
        Set(Maps.New("n", "a", 3, ("plugin", "z")));
        Names("x").Should().BeEmpty();
        Names("y").Should().Equal("b");
        Names("z").Should().Equal("a");
        _store.Remove(new ObjectKey("n", "a"));
        Names("z").Should().BeEmpty();
        Names("never seen").Should().BeEmpty();
    }

    [Fact]
    public void An_index_that_is_not_there_or_there_twice_is_a_mistake()
    {
        var find = () => _store.ByIndex("none", "x");
        find.Should().Throw<ArgumentException>().WithMessage("*'none'*");
        _store.AddIndex("one", static _ => []);
        var again = () => _store.AddIndex("one", static _ => []);
        again.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("1", "2", true)]
    [InlineData("9", "10", true)]
    [InlineData("2", "2", false)]
    [InlineData("3", "2", false)]
    [InlineData(null, "2", false)]
    [InlineData("2", null, false)]
    [InlineData("a", "b", false)]
    [InlineData("18446744073709551614", "18446744073709551615", true)]
    public void Versions_are_compared_as_numbers_or_not_at_all(string? version, string? than, bool older) =>
        ObjectStore<V1ConfigMap>.IsOlder(version, than).Should().Be(older);

    private void Set(V1ConfigMap map) => _store.Set(ObjectKey.Of(map), map);

    private IEnumerable<string> Names(string value) => _store.ByIndex("plugin", value).Select(static m => m.Metadata.Name!);
}
