using DotMac.Admin.Ui.Live;

namespace DotMac.Admin.Tests.Ui;

public sealed class AddressStateTests
{
    private readonly AddressState<string> _state = new(string.Empty);

    [Fact]
    public void What_is_typed_while_the_address_is_on_its_way_stays()
    {
        _state.Arrive(string.Empty);
        _state.Type("t").Should().BeTrue();
        _state.Type("tw").Should().BeTrue();
        _state.Type("twi").Should().BeTrue();
        _state.Arrive("t");
        _state.Value.Should().Be("twi");
        _state.Arrive("tw");
        _state.Arrive("twi");
        _state.Value.Should().Be("twi");
    }

    [Fact]
    public void A_link_and_going_back_are_followed()
    {
        _state.Arrive("at first");
        _state.Value.Should().Be("at first");
        _state.Type("typed");
        _state.Arrive("typed");
        _state.Arrive(string.Empty);
        _state.Value.Should().BeEmpty();
        _state.Arrive("typed");
        _state.Value.Should().Be("typed");
    }

    [Fact]
    public void Being_told_the_same_again_changes_nothing()
    {
        _state.Arrive("a");
        _state.Type("ab");
        _state.Arrive("a");
        _state.Value.Should().Be("ab");
        _state.Type("ab").Should().BeFalse();
    }

    [Fact]
    public void What_was_typed_twice_comes_back_twice()
    {
        _state.Arrive(string.Empty);
        _state.Type("a");
        _state.Type("ab");
        _state.Type("a");
        foreach (var address in new[] { "a", "ab", "a" })
        {
            _state.Arrive(address);
            _state.Value.Should().Be("a");
        }

        _state.Arrive("ab");
        _state.Value.Should().Be("ab", "by now that is somebody's wish");
    }

    [Fact]
    public void What_the_browser_left_out_on_the_way_is_not_waited_for()
    {
        _state.Arrive(string.Empty);
        _state.Type("a");
        _state.Type("ab");
        _state.Arrive("ab");
        _state.Arrive("a");
        _state.Value.Should().Be("a");
    }
}
