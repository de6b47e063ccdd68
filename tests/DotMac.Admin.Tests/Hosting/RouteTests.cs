using DotMac.Admin.Configuration;
using DotMac.Admin.Hosting;
using DotMac.Kubernetes.Configuration;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DotMac.Admin.Tests.Hosting;

public sealed class RouteTests
{
    private static readonly string[] Open = ["/healthz", "/readyz", "/openapi/{documentName}.json"];
    private static readonly string[] OpenPages = ["/sign-in", "/session", "/sign-out"];

    [Fact]
    public async Task No_path_is_without_a_word_about_who_may_ask()
    {
        var options = new AdminOptions { BindAddress = "127.0.0.1:0" };
        using var logs = LoggerFactory.Create(static _ => { });
        using var runtime = new AdminRuntime(options, new KubernetesClientConfiguration { Host = new Uri("https://127.0.0.1:1") }, logs, TimeProvider.System);
        await using var app = AdminServer.Create(options, runtime, logs, TimeProvider.System);
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        endpoints.Count(static e => e.RoutePattern.RawText!.StartsWith("/api/admin", StringComparison.Ordinal)).Should().BeGreaterThan(15);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<ForBrowsersAttribute>() is not null)
            {
                // Only who is signed in comes further than this.
                (endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null).Should().Be(OpenPages.Contains(endpoint.RoutePattern.RawText), endpoint.RoutePattern.RawText);
                continue;
            }

            var (path, isChecked, isOpen) = (
                endpoint.RoutePattern.RawText!, endpoint.Metadata.GetMetadata<CheckedAttribute>() is not null, endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null);
            isOpen.Should().Be(Open.Contains(path) || path.StartsWith("/docs", StringComparison.Ordinal) || IsFile(path), path);
            isChecked.Should().Be(!isOpen, path);
        }
    }

    private static bool IsFile(string path) =>
        path.TrimStart('/') is var file && (file.StartsWith("app.", StringComparison.Ordinal) || file.StartsWith("favicon.", StringComparison.Ordinal) || file.StartsWith("_framework/", StringComparison.Ordinal));

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.a.b", "/a/b")]
    [InlineData("$.a[3].b", "/a/3/b")]
    [InlineData("$['a b'].c", "/a b/c")]
    [InlineData("$['a/b']", "/a~1b")]
    [InlineData(null, "")]
    public void Places_in_a_body_are_told_as_pointers(string? path, string pointer) => JsonPath.ToPointer(path).Should().Be(pointer);
}
