namespace DotMac.Testing.Faults;

/// <summary>What can happen to a watch that is open.</summary>
public enum StreamFault
{
    /// <summary>The server ends it in good order.</summary>
    Close,

    /// <summary>The stream is reset.</summary>
    Reset,

    /// <summary>Nothing comes any more: no event, no bookmark, no end.</summary>
    Hang,

    /// <summary>Half of the next event, then an end in good order.</summary>
    TruncateAndClose,

    /// <summary>Half of the next event, then a reset.</summary>
    TruncateAndReset,

    /// <summary>Half of the next event as a line of its own; the watch goes on.</summary>
    Garble,

    /// <summary>An ERROR event that says 410 Expired, then the end.</summary>
    Gone,

    /// <summary>An ERROR event that says 500, then the end.</summary>
    InternalError,

    /// <summary>An event of a type that nobody knows; the watch goes on.</summary>
    UnknownType,

    /// <summary>Events of before once more, of this watch and of those before it; the watch goes on.</summary>
    Replay,

    /// <summary>From here on, no bookmarks.</summary>
    DropBookmarks,

    /// <summary>A bookmark of where the watch began or is, whatever has happened since; the watch goes on.</summary>
    Bookmark,

    /// <summary>From here on, a pause before each event.</summary>
    Slow,
}
