using System.Net;
using System.Text;
using System.Text.Json;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Mailchimp;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Mailchimp.Tests;

public sealed class MailchimpWebhookTests : IAsyncLifetime
{
    // As Mailchimp's guide shows it.
    private const string Subscribed = "type=subscribe&fired_at=2009-03-26+21%3A35%3A57&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=api%40mailchimp.com&data%5Bmerges%5D%5BFNAME%5D=Mailchimp";
    private VendorServer? _mailchimp;
    private VendorServer? _receiver;

    public async Task InitializeAsync()
    {
        _mailchimp = await VendorServer.StartAsync(new MailchimpStandIn(MailchimpCalls.Token));
        _receiver = await VendorServer.StartAsync(new EventsReceiver());
    }

    public async Task DisposeAsync()
    {
        await _mailchimp!.DisposeAsync();
        await _receiver!.DisposeAsync();
    }

    [Fact]
    public async Task ACallbackAtTheSecretPathIsHandedOnAndARepetitionHasTheSameId()
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, MailchimpCalls.WebhookSecret, Subscribed)).Should().Be(HttpStatusCode.OK);
        (await PostAsync(host, MailchimpCalls.WebhookSecret, Subscribed)).Should().Be(HttpStatusCode.OK);
        (await PostAsync(host, MailchimpCalls.WebhookSecret, Subscribed.Replace("35", "36", StringComparison.Ordinal))).Should().Be(HttpStatusCode.OK);

        JsonElement[] happened = [.. _receiver!.Requests.Select(static request => request.Json())];
        happened[0].GetProperty("type").GetString().Should().Be("io.dotmac.mailchimp.subscribe");
        happened[0].GetProperty("subject").GetString().Should().Be(Api.SubscriberHash.Of("api@mailchimp.com"));
        happened[0].GetProperty("time").GetDateTimeOffset().Should().Be(new DateTimeOffset(2009, 3, 26, 21, 35, 57, TimeSpan.Zero));
        happened[0].GetProperty("data").GetProperty("merges").GetProperty("FNAME").GetString().Should().Be("Mailchimp");
        happened[1].GetProperty("id").GetString().Should().Be(happened[0].GetProperty("id").GetString());
        happened[2].GetProperty("id").GetString().Should().NotBe(happened[0].GetProperty("id").GetString());
        host.Log.Should().NotContain(MailchimpCalls.WebhookSecret).And.NotContain("api@mailchimp.com");
    }

    [Fact]
    public async Task MailchimpsLookWhetherAnybodyIsThereIsAnswered()
    {
        await using PluginTestHost host = await StartAsync();

        (await host.Client.GetAsync(new Uri($"/v1/webhooks/audience/{MailchimpCalls.WebhookSecret}", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.Client.GetAsync(new Uri("/v1/webhooks/audience", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        _receiver!.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("another-secret-of-the-path")]
    [InlineData("")]
    public async Task AtAnyOtherPathItIsRefused(string secret)
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, secret, Subscribed)).Should().Be(HttpStatusCode.Forbidden);
        _receiver!.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("type=")]
    [InlineData("type=A%20B")]
    [InlineData("{}")]
    public async Task WhatIsNoFormOfMailchimpsIsRefused(string body)
    {
        await using PluginTestHost host = await StartAsync();

        (await PostAsync(host, MailchimpCalls.WebhookSecret, body)).Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task AReceiverThatIsDownMakesMailchimpRepeat()
    {
        await using PluginTestHost host = await StartAsync();
        _receiver!.Outage = Fault.Status(500);

        (await PostAsync(host, MailchimpCalls.WebhookSecret, Subscribed)).Should().Be(HttpStatusCode.BadGateway);
    }

    private static async Task<HttpStatusCode> PostAsync(PluginTestHost host, string secret, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await host.Client.PostAsync(new Uri($"/v1/webhooks/audience/{secret}", UriKind.Relative), content);
        return response.StatusCode;
    }

    private Task<PluginTestHost> StartAsync() =>
        MailchimpCalls.StartAsync(_mailchimp!, more: $$""", "events": { "url": "{{new Uri(_receiver!.BaseUrl, "events")}}" }""");

    private sealed class EventsReceiver : IVendorStandIn
    {
        public string Name => "receiver";

        public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", () => Results.Accepted());
    }
}
