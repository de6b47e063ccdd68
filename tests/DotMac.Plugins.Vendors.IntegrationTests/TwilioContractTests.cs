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
        });

        await plugin.CallAsync("send_sms", """{ "to": "+15005550010", "body": "grüße & more", "from": "DOTMAC" }""");
        await plugin.CallAsync("send_sms", """{ "to": "+15005550010", "body": "x" }""");
        await plugin.CallAsync("get_message", $$"""{ "sid": "{{Message}}" }""");

        await plugin.ShouldHaveBeenCalledForAllItOffersAsync();
        twilio.ShouldHaveTakenNothingButGood(
            $"POST {Messages}", $"GET /2010-04-01/Accounts/{Account}/Messages/{Message}.json", $"GET /2010-04-01/Accounts/{Account}.json");
    }

    [Theory]
    [InlineData(Messages, "To=%2B15005550010&Body=x&MessagingServiceSid=nope", true, "MessagingServiceSid")]
    [InlineData(Messages, "To=%2B15005550010&Bodi=x&From=DOTMAC", true, "Bodi")]
    [InlineData(Messages, "To=%2B15005550010&Body=x&From=DOTMAC", false, "security")]
    [InlineData($"/2010-04-01/Accounts/{Account}/Mesages.json", "To=%2B15005550010&Body=x&From=DOTMAC", true, "404")]
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
