namespace DotMac.Plugins.Sdk.Lifecycle;

/// <summary>Lets calls in while the plugin is active, and waits for those inside when it stops.</summary>
internal sealed class CallGate
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _open;
    private bool _closed;
    private int _inside;

    /// <summary>Whether calls are let in.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _open;
            }
        }
    }

    /// <summary>Lets calls in from now on, unless it was closed.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = !_closed;
        }
    }

    /// <summary>Asks to come in. Whoever was let in must call <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            _inside += _open ? 1 : 0;
            return _open;
        }
    }

    /// <summary>A call ended.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            CompleteWhenEmpty();
        }
    }

    /// <summary>Lets nobody in any more, for good. The task ends when the last call has left.</summary>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            _open = false;
            CompleteWhenEmpty();
        }

        return _empty.Task;
    }

    private void CompleteWhenEmpty()
    {
        if (_closed && _inside == 0)
        {
            _empty.TrySetResult();
        }
    }
}
