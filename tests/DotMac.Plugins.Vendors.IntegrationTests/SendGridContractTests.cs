using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.SendGrid;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Plugins.Vendors.IntegrationTests.Plugins;
using DotMac.Plugins.Vendors.IntegrationTests.Prism;

namespace DotMac.Plugins.Vendors.IntegrationTests;

/// <summary>What the plugin sends, held against SendGrid's own description of its API.</summary>
public sealed class SendGridContractTests(PrismFixture prisms) : IClassFixture<PrismFixture>
{
    public static TheoryData<DescriptionSource> Sources => DescribedVendors.SendGrid.Sources;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task EveryOperationAsksAsSendGridDescribes(DescriptionSource source)
    {
        await using RecordingProxy sendGrid = await prisms.ServeAsync(DescribedVendors.SendGrid, source);
        await using PluginUnderTest plugin = await PluginUnderTest.StartAsync(new SendGridPlugin(), new()
        {
            Config = $$"""{ "apiKey": "${vault:sendgrid/api_key}", "fromEmail": "isp@example.com", "fromName": "ISP", "baseUrl": "{{sendGrid.Host}}" }""",
            VaultSecrets = { ["sendgrid"] = new() { ["api_key"] = "SG.1" } },
        });

        await plugin.CallAsync("send_email", """{ "to": [{ "email": "jo@example.com" }], "subject": "Grüße", "text": "Hello" }""");
        await plugin.CallAsync("send_email", $$"""
            {
              "to": [{ "email": "jo@example.com", "name": "Jo" }, { "email": "ann@example.com" }], "cc": [{ "email": "cc@example.com" }], "bcc": [{ "email": "bcc@example.com" }],
              "from": { "email": "other@example.com", "name": "Other" }, "replyTo": { "email": "reply@example.com" }, "subject": "s", "text": "t", "html": "<p>t</p>",
              "attachments": [
                { "fileName": "a.txt", "contentBase64": "aGVsbG8=", "contentType": "text/plain" },
                { "fileName": "b.png", "contentBase64": "aGVsbG8=", "contentType": "image/png", "disposition": "inline", "contentId": "b" }
              ],
              "categories": ["invoice"], "customArgs": { "order": "7" }, "sendAt": "{{DateTimeOffset.UtcNow.AddHours(1):O}}", "sandboxMode": true
            }
            """);
        await plugin.CallAsync("send_email", """
            { "to": [{ "email": "jo@example.com" }], "templateId": "d-0123456789abcdef0123456789abcdef", "dynamicTemplateData": { "name": "Jo", "lines": [1, 2] } }
            """);

        await plugin.ShouldHaveBeenCalledForAllItOffersAsync();
        sendGrid.ShouldHaveTakenNothingButGood("POST /v3/mail/send", "GET /v3/scopes");
    }

    [Theory]
    [InlineData("/v3/mail/send", """{ "personalizations": [{ "to": [{ "email": "a@b.example" }] }], "subject": "s" }""", true, "from")]
    [InlineData("/v3/mail/send", """{ "personalizations": [{ "to": [{ "email": "a@b.example" }] }], "from": { "email": "a@b.example" }, "subjekt": "s" }""", true, "subjekt")]
    [InlineData("/v3/mail/sent", "{}", true, "404")]
    public async Task WhatSendGridWouldRefuseIsFoundToBeBad(string path, string body, bool authenticated, string fault)
    {
        await using RecordingProxy sendGrid = await prisms.ServeAsync(DescribedVendors.SendGrid, DescriptionSource.OpenApiDirectory);
        using var http = new HttpClient { BaseAddress = sendGrid.Host };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authenticated ? new AuthenticationHeaderValue("Bearer", "SG.1") : null;

        (await http.SendAsync(request)).Dispose();

        sendGrid.Requests.Should().ContainSingle().Which.Faults.Should().Contain(found => found.Contains(fault, StringComparison.Ordinal));
    }
}
