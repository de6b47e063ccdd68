namespace DotMac.Admin.Ui.Live;

/// <summary>
/// Keeps what is typed in and what a page's address says together. The address follows what is typed, some moments later: when it comes back it is not to
/// take away what was typed meanwhile. Only where somebody else changed it, by a link or by going back, it is followed. Pure.
/// </summary>
/// <typeparam name="T">What is typed in.</typeparam>
/// <param name="value">What it is at first.</param>
internal sealed class AddressState<T>(T value)
    where T : IEquatable<T>
{
    // In the order in which they were typed, and in which the browser tells of them.
    private readonly List<T> _underWay = [];
    private T? _address;
    private bool _hasArrived;

    /// <summary>What is typed in.</summary>
    public T Value { get; private set; } = value;

    /// <summary>Takes in what is typed.</summary>
    /// <returns>Whether the address has to be changed.</returns>
    public bool Type(T typed)
    {
        var isNew = !typed.Equals(Value);
        Value = typed;
        if (isNew)
        {
            _underWay.Add(typed);
        }

        return isNew;
    }

    /// <summary>Takes in what the address says.</summary>
    public void Arrive(T address)
    {
        if (_hasArrived && address.Equals(_address))
        {
            return;
        }

        (_address, _hasArrived) = (address, true);
        var at = _underWay.IndexOf(address);
        if (at >= 0)
        {
            _underWay.RemoveRange(0, at + 1);
        }
        else
        {
            _underWay.Clear();
            Value = address;
        }
    }
}
