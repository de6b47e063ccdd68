namespace DotMac.Operator.Health;

/// <summary>What keeps pods from running, or did so a moment ago.</summary>
/// <param name="Reason">One of the reasons of conditions.</param>
/// <param name="Message">The same for people, with what to do.</param>
/// <param name="Until">Until when it is worth telling; null as long as it lasts.</param>
internal sealed record PodTrouble(string Reason, string Message, DateTimeOffset? Until = null);
