using System.Net;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Twilio.Api;
using DotMac.StandIns.Twilio;
using Microsoft.AspNetCore.WebUtilities;

namespace DotMac.Plugins.Twilio.Tests;

public sealed class ListMessagesTests : TwilioTestBase
{
    private const string Other = "+15005550011";

    [Fact]
    public async Task MessagesAreListedPageByPage()
    {
        await using PluginTestHost host = await StartAsync();
        foreach (string body in (string[])["1", "2", "3", "4", "5"])
        {
            await OkAsync(await SendAsync(host, Receiver, body));
            await OkAsync(await SendAsync(host, Other, "other"));
        }

        var seen = new List<string?>();
        string? token = null;
        do
        {
            JsonElement page = await OkAsync(await ListAsync(host, new() { ["to"] = Receiver, ["pageSize"] = 2, ["pageToken"] = token }));
            seen.AddRange(page.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("body").GetString()));
            token = page.TryGetProperty("nextPageToken", out JsonElement next) ? next.GetString() : null;
        }
        while (token is not null && seen.Count < 10);

        seen.Should().Equal("5", "4", "3", "2", "1");
    }

    [Fact]
    public async Task AMessageIsListedAsItIs()
    {
        await using PluginTestHost host = await StartAsync();
        JsonElement sent = await OkAsync(await SendAsync(host, Receiver, "grüße"));

        JsonElement page = await OkAsync(await ListAsync(host, []));

        JsonElement message = page.GetProperty("messages").EnumerateArray().Single();
        message.GetProperty("sid").GetString().Should().Be(sent.GetProperty("sid").GetString());
        message.GetProperty("status").GetString().Should().Be("delivered");
        message.GetProperty("direction").GetString().Should().Be("outbound-api");
        message.GetProperty("body").GetString().Should().Be("grüße");
        page.TryGetProperty("nextPageToken", out _).Should().BeFalse();
    }

    [Fact]
    public async Task FiltersReachTwilioAsItKnowsThem()
    {
        await using PluginTestHost host = await StartAsync();

        await OkAsync(await ListAsync(host, new()
        {
            ["to"] = Receiver,
            ["from"] = "DOTMAC",
            ["sentAfter"] = "2026-01-02T03:04:05+02:00",
            ["sentBefore"] = "2026-01-02T03:04:05.999Z",
        }));

        QueryHelpers.ParseQuery(Lists().Single().Split('?')[1]).ToDictionary(static field => field.Key, static field => field.Value.ToString())
            .Should().Equal(new Dictionary<string, string>
            {
                ["To"] = Receiver,
                ["From"] = "DOTMAC",
                ["DateSent>"] = "2026-01-02T01:04:05Z",
                ["DateSent<"] = "2026-01-02T03:04:05Z",
                ["PageSize"] = "50",
            });
    }

    [Fact]
    public async Task TimesSelectMessages()
    {
        await using PluginTestHost host = await StartAsync();
        await OkAsync(await SendAsync(host, Receiver, "x"));

        JsonElement recent = await OkAsync(await ListAsync(host, new() { ["sentAfter"] = DateTimeOffset.UtcNow.AddMinutes(-5) }));
        JsonElement old = await OkAsync(await ListAsync(host, new() { ["sentBefore"] = DateTimeOffset.UtcNow.AddMinutes(-5) }));

        recent.GetProperty("messages").GetArrayLength().Should().Be(1);
        old.GetProperty("messages").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("https://elsewhere.example/steal?Page=1&PageToken=PASM1")]
    [InlineData("//elsewhere.example/steal?Page=1&PageToken=PASM1")]
    [InlineData("/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Messages.json?Page=1&PageToken=PASM1&To=%2B1500")]
    public async Task ALinkElsewhereIsNotFollowed(string link)
    {
        await using PluginTestHost host = await StartAsync();
        await host.WaitForAsync("/status", static response => response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains("\"Healthy\"", StringComparison.OrdinalIgnoreCase));
        Twilio.AnswerNext(new PreparedAnswer(200, JsonSerializer.Serialize(new { messages = Array.Empty<object>(), next_page_uri = link })));

        JsonElement page = await OkAsync(await ListAsync(host, []));
        using HttpResponseMessage next = await ListAsync(host, new() { ["pageToken"] = page.GetProperty("nextPageToken").GetString() });

        Lists()[^1].Should().Be($"/2010-04-01/Accounts/{TwilioStandIn.DefaultAccountSid}/Messages.json?PageSize=50&Page=1&PageToken=PASM1");
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("bm9uc2Vuc2U")]
    [InlineData("P1BhZ2U9eA")]
    public async Task ATokenOfNobodysIsTheCallersError(string token)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await ListAsync(host, new() { ["pageToken"] = token });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(response)).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/pageToken");
        Lists().Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{ "pageSize": 0 }""", "/pageSize")]
    [InlineData("""{ "pageSize": 201 }""", "/pageSize")]
    [InlineData("""{ "sentAfter": "yesterday" }""", "/sentAfter")]
    [InlineData("""{ "sentAfter": "2026-01-02T00:00:00Z", "sentBefore": "2026-01-01T00:00:00Z" }""", "/sentAfter")]
    public async Task AMalformedRequestNeverReachesTwilio(string body, string pointer)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await CallAsync(host, "list_messages", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(response)).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        Lists().Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/2010-04-01/Accounts/AC/Messages.json")]
    [InlineData("/2010-04-01/Accounts/AC/Messages.json?PageSize=50")]
    public void ALinkWithoutAPageIsNone(string? link) => PageCursor.OfLink(link).Should().BeNull();

    [Fact]
    public void ACursorSurvivesItsText()
    {
        PageCursor.TryParse(new PageCursor("3", "PA&=+SM?1").ToText(), out PageCursor? cursor).Should().BeTrue();
        cursor.Should().Be(new PageCursor("3", "PA&=+SM?1"));
    }

    private static Task<HttpResponseMessage> ListAsync(PluginTestHost host, Dictionary<string, object?> request) =>
        CallAsync(host, "list_messages", JsonSerializer.Serialize(request.Where(static field => field.Value is not null).ToDictionary()));

    private string[] Lists() =>
        [.. Twilio.Requests.Where(static received => received.Method == "GET" && received.Path.Contains("/Messages.json", StringComparison.Ordinal)).Select(static received => received.Path)];
}
