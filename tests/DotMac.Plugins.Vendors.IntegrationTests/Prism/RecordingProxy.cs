using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace DotMac.Plugins.Vendors.IntegrationTests.Prism;

/// <summary>Stands where the vendor is: takes the vendor's paths, hands them to Prism, and keeps what Prism says of each request.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    // Of the connection to whoever asks, not of the request.
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect" };
    private readonly ConcurrentQueue<JudgedRequest> _requests = new();
    private readonly PrismServer _prism;
    private readonly WebApplication _app;

    // Prism's list of violations is one header, and some are long.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxResponseHeadersLength = 128 });

    private RecordingProxy(PrismServer prism)
    {
        _prism = prism;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    /// <summary>The vendor's address without a path: what the vendor's own host would be.</summary>
    public Uri Host => new(_app.Urls.First());

    /// <summary>What came and how it was judged, in the order of the answers.</summary>
    public IReadOnlyList<JudgedRequest> Requests => [.. _requests];

    /// <summary>Starts one.</summary>
    /// <param name="prism">Who answers; not disposed of.</param>
    /// <returns>The proxy, listening.</returns>
    public static async Task<RecordingProxy> StartAsync(PrismServer prism)
    {
        var proxy = new RecordingProxy(prism);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Asserts that the plugin has asked exactly these things, and each of them as the vendor describes it.</summary>
    /// <param name="lines">Methods and paths, such as <c>GET /3.0/ping</c>.</param>
    public void ShouldHaveTakenNothingButGood(params string[] lines)
    {
        Requests.Where(static request => request.Faults.Count > 0).Select(static request => request.ToString()).Should().BeEmpty();
        Requests.Select(static request => request.Line).Distinct().Should().BeEquivalentTo(lines);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        string path = http.Request.Path.ToUriComponent();
        if (!path.StartsWith(_prism.BasePath + "/", StringComparison.Ordinal))
        {
            _requests.Enqueue(new JudgedRequest(http.Request.Method, path, [$"the vendor's paths begin with {_prism.BasePath}/"]));
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Request.EnableBuffering();
        string rest = path[_prism.BasePath.Length..];
        IEnumerable<string> unknown = await UnknownNamesAsync(http.Request, rest);
        using HttpRequestMessage request = await CopyAsync(http.Request, new Uri(_prism.Url, rest + http.Request.QueryString));
        using HttpResponseMessage answer = await _http.SendAsync(request, http.RequestAborted);
        string body = await answer.Content.ReadAsStringAsync(http.RequestAborted);
        string? violations = answer.Headers.TryGetValues("sl-violations", out IEnumerable<string>? values) ? string.Join(",", values) : null;
        _requests.Enqueue(new JudgedRequest(
            http.Request.Method, path, [.. PrismVerdict.Faults((int)answer.StatusCode, violations, body), .. unknown]));
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.StatusCode is not HttpStatusCode.NoContent)
        {
            await http.Response.WriteAsync(body, http.RequestAborted);
        }
    }

    private async Task<IEnumerable<string>> UnknownNamesAsync(HttpRequest request, string path)
    {
        IEnumerable<string> form = request.HasFormContentType ? (await request.ReadFormAsync(request.HttpContext.RequestAborted)).Keys : [];
        JsonNode? json = request.HasJsonContentType() ? await JsonAsync(request) : null;
        request.Body.Position = 0;
        return _prism.Names.Unknown(request.Method, path, request.Query.Keys, form, json);
    }

    private static async Task<JsonNode?> JsonAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            // Prism says so.
            return null;
        }
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequest from, Uri to)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), to);
        using var body = new MemoryStream();
        await from.Body.CopyToAsync(body, from.HttpContext.RequestAborted);
        if (body.Length > 0 || from.ContentLength is not null)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach ((string name, StringValues value) in from.Headers.Where(static header => !HopByHop.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
            }
        }

        return request;
    }
}
