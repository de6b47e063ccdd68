using System.Collections.Concurrent;
using System.Text;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed class SamplePlugin : BasePlugin
{
    private IPluginConfig<SampleConfig>? _config;
    private ILogger? _logger;

    public override PluginInfo Info { get; } = new("sample", "Sample", "2.1.0");

    public ConcurrentQueue<string> Events { get; } = new();

    public SampleConfig Config => _config!.Current;

    public Func<Task> OnInitialize { get; set; } = () => Task.CompletedTask;

    public Func<Task> OnReload { get; set; } = () => Task.CompletedTask;

    public Func<CancellationToken, Task> OnWait { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task<CheckResult>> OnCheck { get; set; } = _ => Task.FromResult(CheckResult.Healthy);

    public override void Configure(PluginBuilder builder)
    {
        _config = builder.UseConfig<SampleConfig>();
        _logger = builder.LoggerFactory.CreateLogger<SamplePlugin>();
        builder.AddCheck(new SampleCheck(token => OnCheck(token)));
        builder.AddOperation<EchoRequest, EchoResponse>("shout", "Echoes loudly.", (request, context, _) =>
            Task.FromResult(new EchoResponse(request.Text.ToUpperInvariant(), context.Caller, context.Tenant, Config.Greeting)));
        builder.AddWebhook(new Webhook("callback", "Says what came.", new BytesVerifier(), (request, _, _) =>
            Task.FromResult(new WebhookResponse(200, "text/plain", Encoding.UTF8.GetBytes("got " + Encoding.UTF8.GetString(request.Body.Span))))));
    }

    public override async Task InitializeAsync(CancellationToken cancellationToken)
    {
        Events.Enqueue($"initialize {Config.Greeting}");
        await OnInitialize();
    }

    public override Task ActivateAsync(CancellationToken cancellationToken) => Note("activate");

    public override async Task ReloadAsync(CancellationToken cancellationToken)
    {
        Events.Enqueue($"reload {Config.Greeting}");
        await OnReload();
    }

    public override Task DeactivateAsync(CancellationToken cancellationToken) => Note("deactivate");

    public override Task CleanupAsync(CancellationToken cancellationToken) => Note("cleanup");

    [PluginOperation("echo", Description = "Echoes.")]
    public Task<EchoResponse> EchoAsync(PluginContext context, EchoRequest request) =>
        Task.FromResult(new EchoResponse(request.Text, context.Caller, context.Tenant, Config.Greeting));

    [PluginOperation("wait", Description = "Waits.")]
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await OnWait(cancellationToken);
        Events.Enqueue("waited");
    }

    [PluginOperation("leak", Description = "Tries to give its secret away.")]
    public Task LeakAsync()
    {
        _logger!.LogInformation("The token is {Token}", Config.Token);
        throw new VendorException($"The vendor does not like {Config.Token}.", "E7");
    }

    [PluginOperation("fail", Description = "Fails as asked.")]
    public Task FailAsync(EchoRequest request) => throw (request.Text switch
    {
        "invalid" => new InvalidRequestException("No.", [new("/text", "Not this.")]),
        "missing" => new ResourceNotFoundException("Gone."),
        "vendor" => new VendorException("Refused.", "20003"),
        "limit" => new VendorRateLimitException("Slow down.", TimeSpan.FromSeconds(7.2), "20429"),
        "down" => new VendorUnavailableException("Down.", TimeSpan.FromSeconds(3)),
        "slow" => new VendorTimeoutException("Slow."),
        "cancel" => new OperationCanceledException(),
        _ => (Exception)new InvalidOperationException($"A defect with {Config.Token}."),
    });

    private Task Note(string what)
    {
        Events.Enqueue(what);
        return Task.CompletedTask;
    }
}
