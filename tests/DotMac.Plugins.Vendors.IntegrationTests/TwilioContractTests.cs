using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.Twilio;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Plugins.Vendors.IntegrationTests.Plugins;
using DotMac.Plugins.Vendors.IntegrationTests.Prism;

namespace DotMac.Plugins.Vendors.IntegrationTests;

/// <summary>What the plugin sends, held against Twilio's own description of its API.</summary>
public sealed class TwilioContractTests(PrismFixture prisms) : IClassFixture<PrismFixture>
{
    private const string Account = "AC00000000000000000000000000000000";
    private const string Message = "SM00000000000000000000000000000001";
    private const string Messages = $"/2010-04-01/Accounts/{Account}/Messages.json";

    // ?Page=1&PageToken=PASM1
    private const string NextPage = "P1BhZ2U9MSZQYWdlVG9rZW49UEFTTTE";

    public static TheoryData<DescriptionSource> Sources => DescribedVendors.Twilio.Sources;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task EveryOperationAsksAsTwilioDescribes(DescriptionSource source)
    {
        await using RecordingProxy twilio = await prisms.ServeAsync(DescribedVendors.Twilio, source);
        await using PluginUnderTest plugin = await PluginUnderTest.StartAsync(new TwilioPlugin(), new()
        {
            Config = $$"""{ "accountSid": "{{Account}}", "authToken": "${vault:twilio/auth_token}", "phoneNumber": "+15005550006", "baseUrl": "{{twilio.Host}}" }""",
            VaultSecrets = { ["twilio"] = new() { ["auth_token"] = "token" } },
            PublicUrl = new Uri("https://hooks.acme.example/v1/webhooks/"),
        });

        await plugin.CallAsync("send_sms", """{ "to": "+15005550010", "body": "grüße & more", "from": "DOTMAC" }""");
        await plugin.CallAsync("send_sms", """{ "to": "+15005550010", "body": "x" }""");
        await plugin.CallAsync("send_sms", """
            {
              "to": "+15005550010",
              "messagingServiceSid": "MG00000000000000000000000000000001",
              "mediaUrls": ["https://cdn.example.com/a.png", "https://cdn.example.com/b.png?x=1&y=2"],
              "statusCallback": "https://isp.example/sms?order=7"
            }
            """);
        await plugin.CallAsync("list_messages", "{}");
        await plugin.CallAsync("list_messages", $$"""
            {
              "to": "+15005550010", "from": "+15005550006", "sentAfter": "2026-01-01T00:00:00Z", "sentBefore": "2026-02-01T00:00:00+01:00",
              "pageSize": 200, "pageToken": "{{NextPage}}"
            }
            """);
        await plugin.CallAsync("get_message", $$"""{ "sid": "{{Message}}" }""");

        await plugin.ShouldHaveBeenCalledForAllItOffersAsync();
        twilio.ShouldHaveTakenNothingButGood(
            $"POST {Messages}", $"GET {Messages}", $"GET /2010-04-01/Accounts/{Account}/Messages/{Message}.json", $"GET /2010-04-01/Accounts/{Account}.json");
    }

    [Theory]
    [InlineData(Messages, "To=%2B15005550010&Body=x&MessagingServiceSid=nope", true, "MessagingServiceSid")]
    [InlineData(Messages, "To=%2B15005550010&Bodi=x&From=DOTMAC", true, "Bodi")]
    [InlineData(Messages, "To=%2B15005550010&Body=x&From=DOTMAC", false, "security")]
    [InlineData($"/2010-04-01/Accounts/{Account}/Mesages.json", "To=%2B15005550010&Body=x&From=DOTMAC", true, "404")]
    [InlineData(Messages, "To=%2B15005550010&MediaUrl=nope&From=DOTMAC", true, "MediaUrl")]
    [InlineData($"{Messages}?PageSise=5", "To=%2B15005550010&Body=x&From=DOTMAC", true, "PageSise")]
    [InlineData($"/2010-04-01/Accounts/{Account}.json", null, true, "405")]
    [InlineData("/2010-04-01/Accounts/nope/Messages.json", "To=%2B15005550010&Body=x&From=DOTMAC", true, "accountsid")]
    public async Task WhatTwilioWouldRefuseIsFoundToBeBad(string path, string? form, bool authenticated, string fault)
    {
        await using RecordingProxy twilio = await prisms.ServeAsync(DescribedVendors.Twilio, DescriptionSource.OpenApiDirectory);
        using var http = new HttpClient { BaseAddress = twilio.Host };
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Put : HttpMethod.Post, path);
        request.Content = form is null ? null : new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Authorization = authenticated ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:x"))) : null;

        (await http.SendAsync(request)).Dispose();

        twilio.Requests.Should().ContainSingle().Which.Faults.Should().ContainSingle().Which.Should().Contain(fault);
    }
}
