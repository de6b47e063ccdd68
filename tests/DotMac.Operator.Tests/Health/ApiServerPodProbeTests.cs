using System.Text;
using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Tests.Health;

public sealed class ApiServerPodProbeTests : IAsyncDisposable
{
    private const string Path = "api/v1/namespaces/tenant-acme/pods/twilio-1:8080/proxy/status";
    private readonly FakeClient _client = new();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_status_is_read_through_the_API_server()
    {
        _client.Raw[Path] = static () => Encoding.UTF8.GetBytes("""{"state":"Active"}""");
        (await AskAsync()).Report!.State.Should().Be(PluginState.Active);
    }

    [Fact]
    public async Task What_the_server_answers_instead_is_told() => (await AskAsync()).Error.Should().Be("HTTP 404 through the API server");

    [Fact]
    public async Task A_server_that_is_not_reached_is_told()
    {
        _client.Raw[Path] = static () => throw new HttpRequestException("refused");
        (await AskAsync()).Error.Should().Be("the API server was not reached");
    }

    [Fact]
    public async Task Too_much_time_is_told()
    {
        _client.Raw[Path] = static () => throw new OperationCanceledException();
        (await AskAsync()).Error.Should().Be("no answer within 4 s");
    }

    private Task<ProbeResult> AskAsync() => new ApiServerPodProbe(_client).AskAsync(Pods.Ready(), fresh: false, default);
}
