using System.Globalization;

namespace DotMac.Admin.Logs;

/// <summary>Which part of the logs is asked for.</summary>
internal sealed record LogQuery
{
    /// <summary>Whether to go on with what is logged from now on.</summary>
    public bool Follow { get; init; }

    /// <summary>How many lines of the past; null for all that there are.</summary>
    public int? Tail { get; init; } = 100;

    /// <summary>Only what was logged in so many seconds before now; null for no limit.</summary>
    public int? Since { get; init; }

    /// <summary>Whether each line begins with its time.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Whether to read what the container before the last restart logged.</summary>
    public bool Previous { get; init; }

    /// <summary>One pod; null for all of them.</summary>
    public string? Pod { get; init; }

    /// <summary>As the API server's log of a pod takes it.</summary>
    public string ToPodQuery(string container)
    {
        var parts = new List<string> { $"container={Uri.EscapeDataString(container)}" };
        void Add(bool holds, string part)
        {
            if (holds)
            {
                parts.Add(part);
            }
        }

        Add(Follow && !Previous, "follow=true");
        Add(Timestamps, "timestamps=true");
        Add(Previous, "previous=true");
        Add(Tail is not null, string.Create(CultureInfo.InvariantCulture, $"tailLines={Tail}"));
        Add(Since is not null, string.Create(CultureInfo.InvariantCulture, $"sinceSeconds={Since}"));
        return string.Join('&', parts);
    }
}
