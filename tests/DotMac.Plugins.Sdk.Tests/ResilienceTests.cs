using System.Net;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Sdk.Tests;

public class ResilienceTests
{
    [Theory]
    [InlineData("GET", 503, 3)]
    [InlineData("GET", 500, 3)]
    [InlineData("GET", 429, 3)]
    [InlineData("GET", 404, 1)]
    [InlineData("PUT", 502, 3)]
    [InlineData("POST", 429, 3)]
    [InlineData("POST", 503, 1)]
    [InlineData("POST", 500, 1)]
    public async Task OnlyWhatMayBeRepeatedIsRepeated(string method, int status, int expectedTries)
    {
        using var vendor = new ScriptedHandler(_ => new HttpResponseMessage((HttpStatusCode)status));
        using HttpMessageInvoker client = Client(vendor);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://vendor/");

        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);

        ((int)response.StatusCode).Should().Be(status);
        vendor.Tries.Should().Be(expectedTries);
    }

    [Theory]
    [InlineData("GET", HttpRequestError.ResponseEnded, 3)]
    [InlineData("POST", HttpRequestError.ResponseEnded, 1)]
    [InlineData("POST", HttpRequestError.ConnectionError, 3)]
    [InlineData("POST", HttpRequestError.NameResolutionError, 3)]
    public async Task APostIsRepeatedOnlyWhenNothingWasSent(string method, HttpRequestError error, int expectedTries)
    {
        using var vendor = new ScriptedHandler(_ => throw new HttpRequestException(error));
        using HttpMessageInvoker client = Client(vendor);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://vendor/");

        await client.Invoking(it => it.SendAsync(request, CancellationToken.None)).Should().ThrowAsync<VendorUnavailableException>().WithMessage("Vendor cannot be reached*");

        vendor.Tries.Should().Be(expectedTries);
    }

    [Fact]
    public async Task APostWithAnIdempotencyKeyIsRepeatedLikeAGetWithTheSameBody()
    {
        var bodies = new List<string>();
        using var vendor = new ScriptedHandler(request =>
        {
            bodies.Add(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            return new HttpResponseMessage(bodies.Count == 1 ? HttpStatusCode.BadGateway : HttpStatusCode.OK);
        });
        using HttpMessageInvoker client = Client(vendor);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://vendor/") { Content = new StringContent("pay") };
        request.Options.Set(RetryRules.IsIdempotent, true);

        (await client.SendAsync(request, CancellationToken.None)).StatusCode.Should().Be(HttpStatusCode.OK);

        bodies.Should().Equal("pay", "pay");
    }

    [Fact]
    public async Task ALongRetryAfterIsHandedToTheCaller()
    {
        using var vendor = new ScriptedHandler(_ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter = new(TimeSpan.FromMinutes(1));
            return answer;
        });
        using HttpMessageInvoker client = Client(vendor);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://vendor/");

        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);

        vendor.Tries.Should().Be(1);
        RetryRules.RetryAfter(response, DateTimeOffset.UnixEpoch).Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void ARetryAfterInThePastMeansNow()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        RetryRules.RetryAfter(response, DateTimeOffset.UnixEpoch).Should().BeNull();
        response.Headers.RetryAfter = new(DateTimeOffset.UnixEpoch);
        RetryRules.RetryAfter(response, DateTimeOffset.UnixEpoch.AddSeconds(5)).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task AVendorThatDoesNotAnswerIsATimeout()
    {
        using var vendor = new ScriptedHandler(null);
        using HttpMessageInvoker client = Client(vendor, new() { Vendor = "Vendor", TryTimeout = TimeSpan.FromMilliseconds(30), MaxRetries = 0 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://vendor/");

        await client.Invoking(it => it.SendAsync(request, CancellationToken.None)).Should().ThrowAsync<VendorTimeoutException>();
    }

    [Fact]
    public async Task AVendorThatFailsAllTheTimeIsLeftAlone()
    {
        using var vendor = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError));
        using HttpMessageInvoker client = Client(vendor, new() { Vendor = "Vendor", MaxRetries = 0, BreakerThroughput = 4 });
        for (int call = 0; call < 4; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://vendor/");
            await client.SendAsync(request, CancellationToken.None);
        }

        using var refused = new HttpRequestMessage(HttpMethod.Get, "http://vendor/");
        (await client.Invoking(it => it.SendAsync(refused, CancellationToken.None)).Should().ThrowAsync<VendorUnavailableException>())
            .Which.RetryAfter.Should().BePositive();
        vendor.Tries.Should().Be(4);
    }

    private static HttpMessageInvoker Client(ScriptedHandler vendor, PluginHttpClientOptions? options = null)
    {
        PluginHttpClientOptions used = options ?? new() { Vendor = "Vendor", RetryDelay = TimeSpan.FromMilliseconds(1) };
        return new(new ResilienceHandler(used, new Upstream(used), TimeProvider.System, vendor));
    }

    private sealed class ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage>? answer) : HttpMessageHandler
    {
        public int Tries { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            if (answer is null)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return answer!(request);
        }
    }
}
