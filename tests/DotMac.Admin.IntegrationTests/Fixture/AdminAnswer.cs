using System.Net;
using System.Text.Json.Nodes;

namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>An answer of the service.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its body.</param>
/// <param name="Headers">Its headers.</param>
public sealed record AdminAnswer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Its body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The entity tag.</summary>
    public string ETag => Headers["ETag"];

    /// <summary>What is wrong with which field.</summary>
    public IReadOnlyDictionary<string, string> Errors => (Json["errors"]?.AsArray() ?? []).ToDictionary(static e => e!["pointer"]!.GetValue<string>(), static e => e!["message"]!.GetValue<string>());

    /// <summary>Fails unless it has a status; gives it back.</summary>
    public AdminAnswer Expect(HttpStatusCode status)
    {
        Status.Should().Be(status, Text);
        return this;
    }
}
