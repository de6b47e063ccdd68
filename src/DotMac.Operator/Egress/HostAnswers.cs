using System.Collections.Immutable;
using System.Net;
using DotMac.Operator.Desired;

namespace DotMac.Operator.Egress;

/// <summary>
/// The addresses that a name was found at lately. Answers rotate, and connections outlive them: so an address counts for a while after it was
/// told last. Pure.
/// </summary>
internal sealed class HostAnswers
{
    /// <summary>How long an address counts after it was told last.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>How many addresses of a name count; those told last come first.</summary>
    public const int Most = 64;

    private readonly ImmutableDictionary<string, DateTimeOffset> _told;

    private HostAnswers(ImmutableDictionary<string, DateTimeOffset> told)
    {
        _told = told;
        Ranges = [.. told.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Nothing was told.</summary>
    public static HostAnswers None { get; } = new(ImmutableDictionary<string, DateTimeOffset>.Empty);

    /// <summary>The addresses in CIDR notation, in an order that does not depend on the answers'.</summary>
    public IReadOnlyList<string> Ranges { get; }

    /// <summary>What counts after another answer. Addresses that are not the Internet's are left out: the name is its owner's, who must not point it into the cluster.</summary>
    /// <param name="answer">What was told; nothing when nobody could tell, and then nothing is forgotten either.</param>
    /// <param name="now">The time.</param>
    public HostAnswers After(IReadOnlyCollection<IPAddress> answer, DateTimeOffset now)
    {
        if (answer.Count == 0)
        {
            return this;
        }

        var told = _told.Where(pair => now - pair.Value <= Memory).ToImmutableDictionary()
            .SetItems(answer.Where(OutsideAddresses.IsPublic).Select(address => KeyValuePair.Create($"{address}/32", now)));
        return new HostAnswers(told.Count <= Most
            ? told
            : told.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(Most).ToImmutableDictionary());
    }
}
