namespace DotMac.Plugins.Slack.Api;

/// <summary>A method of Slack's Web API.</summary>
/// <param name="Name">Its name, such as <c>chat.postMessage</c>.</param>
/// <param name="Verb">How it is called.</param>
/// <param name="Members">Its arguments that come from the caller, and the members of the caller's request that they come from, as JSON pointers.</param>
internal sealed record SlackMethod(string Name, HttpMethod Verb, IReadOnlyDictionary<string, string> Members)
{
    /// <summary>Whether calling it twice does no more than calling it once: then it is retried, although it is a POST.</summary>
    public bool IsIdempotent { get; init; }
}
