using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.Mailchimp;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Plugins.Vendors.IntegrationTests.Plugins;
using DotMac.Plugins.Vendors.IntegrationTests.Prism;

namespace DotMac.Plugins.Vendors.IntegrationTests;

/// <summary>What the plugin sends, held against Mailchimp's own description of its API.</summary>
public sealed class MailchimpContractTests(PrismFixture prisms) : IClassFixture<PrismFixture>
{
    public static TheoryData<DescriptionSource> Sources => DescribedVendors.Mailchimp.Sources;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task EveryOperationAsksAsMailchimpDescribes(DescriptionSource source)
    {
        await using RecordingProxy mailchimp = await prisms.ServeAsync(DescribedVendors.Mailchimp, source);
        await using PluginUnderTest plugin = await PluginUnderTest.StartAsync(new MailchimpPlugin(), new()
        {
            Config = $$"""{ "apiKey": "${vault:mailchimp/api_key}", "baseUrl": "{{mailchimp.Host}}" }""",
            VaultSecrets = { ["mailchimp"] = new() { ["api_key"] = "0123456789abcdef-us6" } },
        });
        const string Members = "/3.0/lists/a1/members/4b9bb80620f03eb3719e0a061c14283d";

        await plugin.CallAsync("ping", "");
        await plugin.CallAsync("list_audiences", """{ "count": 10, "offset": 20 }""");
        await plugin.CallAsync("upsert_member", """
            { "audienceId": "a1", "email": "Bob@Example.com", "statusIfNew": "subscribed", "status": "subscribed", "mergeFields": { "FNAME": "Bob", "AGE": 7 }, "language": "de", "vip": true }
            """);
        await plugin.CallAsync("update_tags", """{ "audienceId": "a1", "email": "bob@example.com", "add": ["a b"], "remove": ["c"] }""");
        await plugin.CallAsync("create_campaign", """
            {
              "audienceId": "a1", "subjectLine": "Grüße", "fromName": "ISP", "replyTo": "isp@example.com", "title": "t", "previewText": "p", "segmentId": 3,
              "templateId": 4, "templateSections": { "body": "<p>x</p>" }
            }
            """);
        await plugin.CallAsync("create_campaign", """{ "audienceId": "a1", "subjectLine": "s", "fromName": "ISP", "replyTo": "isp@example.com", "html": "<p>x</p>", "plainText": "x" }""");
        await plugin.CallAsync("schedule_campaign", """{ "campaignId": "c1", "at": "2030-01-01T10:15:00Z" }""");
        await plugin.CallAsync("send_campaign", """{ "campaignId": "c1" }""");

        await plugin.ShouldHaveBeenCalledForAllItOffersAsync();
        mailchimp.ShouldHaveTakenNothingButGood(
            "GET /3.0/ping",
            "GET /3.0/lists",
            $"PUT {Members}",
            $"POST {Members}/tags",
            "POST /3.0/campaigns",
            "PUT /3.0/campaigns/string/content",
            "POST /3.0/campaigns/c1/actions/schedule",
            "POST /3.0/campaigns/c1/actions/send");
    }

    [Theory]
    [InlineData("PUT", "/3.0/lists/a1/members/x", """{ "status_if_new": "subscribed" }""", true, "email_address")]
    [InlineData("PUT", "/3.0/lists/a1/members/x", """{ "email_address": "a@b.example", "status_if_new": "keen" }""", true, "status_if_new")]
    [InlineData("POST", "/3.0/campaigns", """{ "recipients": { "list_id": "a1" } }""", true, "type")]
    [InlineData("POST", "/3.0/campaigns", """{ "type": "regular", "colour": "red" }""", true, "colour")]
    [InlineData("POST", "/3.0/campaigns", """{ "type": "regular" }""", false, "security")]
    [InlineData("POST", "/3.0/campaign", """{ "type": "regular" }""", true, "404")]
    public async Task WhatMailchimpWouldRefuseIsFoundToBeBad(string method, string path, string body, bool authenticated, string fault)
    {
        await using RecordingProxy mailchimp = await prisms.ServeAsync(DescribedVendors.Mailchimp, DescriptionSource.OpenApiDirectory);
        using var http = new HttpClient { BaseAddress = mailchimp.Host };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authenticated ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String("any:key-us6"u8)) : null;

        (await http.SendAsync(request)).Dispose();

        mailchimp.Requests.Should().ContainSingle().Which.Faults.Should().ContainSingle().Which.Should().Contain(fault);
    }
}
