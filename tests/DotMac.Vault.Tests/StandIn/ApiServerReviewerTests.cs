using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Kubernetes;
using DotMac.Vault.Client;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DotMac.Vault.Tests.StandIn;

/// <summary>Against something that answers TokenReviews as the API server does.</summary>
public sealed class ApiServerReviewerTests : IAsyncLifetime
{
    private readonly List<(string? Authorization, JsonNode Review)> _reviews = [];
    private WebApplication _apiServer = null!;
    private string _status = """{"authenticated":true,"user":{"username":"system:serviceaccount:system:operator","uid":"u1"},"audiences":["vault"]}""";
    private int _code = 201;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _apiServer = builder.Build();
        _apiServer.MapPost("/apis/authentication.k8s.io/v1/tokenreviews", async (HttpContext http) =>
        {
            var review = (await JsonNode.ParseAsync(http.Request.Body))!;
            _reviews.Add((http.Request.Headers.Authorization, review.DeepClone()));
            http.Response.StatusCode = _code;
            review["status"] = JsonNode.Parse(_status);
            await http.Response.WriteAsync(review.ToJsonString());
        });
        await _apiServer.StartAsync();
    }

    public async Task DisposeAsync() => await _apiServer.DisposeAsync();

    [Fact]
    public async Task The_API_server_is_asked_about_the_token_for_the_roles_audience()
    {
        var outcome = await ApiServerReviewer.Create(new Uri(_apiServer.Urls.First()), null, static () => "reviewer")("the-jwt", ["vault"], default);
        outcome.Should().Be(new TokenReviewOutcome(true, "system:serviceaccount:system:operator", "u1"));
        var (authorization, review) = _reviews.Single();
        authorization.Should().Be("Bearer reviewer");
        review["kind"]!.ToString().Should().Be("TokenReview");
        review["spec"]!.ToJsonString().Should().Be("""{"token":"the-jwt","audiences":["vault"]}""");
        await ApiServerReviewer.Create(new Uri(_apiServer.Urls.First()), null, static () => null)("the-jwt", [], default);
        _reviews[^1].Authorization.Should().Be("Bearer the-jwt", "without a reviewer the token asks for itself");
    }

    [Fact]
    public async Task A_login_configured_as_in_Vault_asks_the_API_server()
    {
        await using var setup = await StandInSetup.CreateAsync(static o => o with { TokenReviewer = null });
        var jwt = new SecretValue(ServiceAccountToken.For("system", "operator"));
        var auth = setup.Root.KubernetesAuth();
        await auth.Awaiting(a => a.LoginAsync("operator", jwt)).Should().ThrowAsync<VaultException>().WithMessage("*could not load backend configuration*");
        await ConfigureAsync(setup);
        (await auth.LoginAsync("operator", jwt)).Policies.Should().Contain("reader");

        _status = """{"authenticated":false,"error":"token expired"}""";
        await Refused(auth, jwt);
        (_status, _code) = ("""{"authenticated":true,"user":{"username":"admin"}}""", 201);
        await Refused(auth, jwt);
        _code = 403;
        await Refused(auth, jwt);
        await _apiServer.StopAsync();
        await Refused(auth, jwt);
    }

    private static async Task Refused(IKubernetesAuth auth, SecretValue jwt) =>
        (await auth.Awaiting(a => a.LoginAsync("operator", jwt)).Should().ThrowAsync<VaultException>().WithMessage("*permission denied*")).Which.Kind.Should().Be(VaultErrorKind.Forbidden);

    private async Task ConfigureAsync(StandInSetup setup)
    {
        using var http = new HttpClient { BaseAddress = setup.Vault.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/kubernetes/config")
        {
            Content = new StringContent(new JsonObject { ["kubernetes_host"] = _apiServer.Urls.First() }.ToJsonString()),
        };
        request.Headers.Add("X-Vault-Token", setup.Vault.RootToken);
        using var response = await http.SendAsync(request);
        ((int)response.StatusCode).Should().Be(204);
    }
}
