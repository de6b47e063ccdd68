using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.Slack.Tests;

/// <summary>The tenant's own system that events go to.</summary>
internal sealed class EventsReceiver : IVendorStandIn
{
    public const string Token = "rece1ver-token";

    public string Name => "receiver";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/events", (HttpRequest request) =>
        request.Headers.Authorization == $"Bearer {Token}" && request.ContentType == "application/cloudevents+json; charset=utf-8" ? Results.Accepted() : Results.Unauthorized());
}
