using System.Globalization;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Callers;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Lifecycle;
using DotMac.Plugins.Sdk.Logging;
using DotMac.Plugins.Sdk.Metrics;
using DotMac.Plugins.Sdk.Mounted;
using DotMac.Plugins.Sdk.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Hosts a plugin: serves the contract's paths and leads the plugin through its life.</summary>
public static class PluginHost
{
    // Kestrel ends what is still running after that; the sum stays below Kubernetes' default grace period of 30 s.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(29.5);

    /// <summary>Runs a plugin until the process is told to stop: the whole of a plugin's <c>Program.cs</c>.</summary>
    /// <typeparam name="TPlugin">The plugin.</typeparam>
    /// <param name="args">The command line; the host takes nothing from it.</param>
    /// <returns>A task that ends when the plugin has stopped.</returns>
    public static async Task RunAsync<TPlugin>(string[] args)
        where TPlugin : BasePlugin, new()
    {
        ArgumentNullException.ThrowIfNull(args);
        await using WebApplication app = Create(new TPlugin(), new PluginHostOptions());
        await app.RunAsync();
    }

    /// <summary>Builds the host of a plugin without starting it.</summary>
    /// <param name="plugin">The plugin; its <see cref="BasePlugin.Configure"/> is called here.</param>
    /// <param name="options">How to host it.</param>
    /// <returns>The web application.</returns>
    /// <exception cref="InvalidOperationException">The plugin's declarations contradict each other.</exception>
    /// <exception cref="ArgumentException">The plugin's declarations contradict each other.</exception>
    public static WebApplication Create(BasePlugin plugin, PluginHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(options);
        var redactor = new SecretRedactor();

        // No appsettings.json is expected, so nothing must watch for one: inotify instances are few on a full node.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = AppContext.BaseDirectory,
        });
        ConfigureServer(builder, options);
        builder.Logging.ClearProviders();
#pragma warning disable CA2000 // The provider owns the logger (dispose: true), and the host the provider.
        builder.Logging.AddSerilog(PluginLogging.Create(options.LogOutput, redactor), dispose: true);
#pragma warning restore CA2000
        AddServices(builder.Services, plugin, options, redactor);
        PluginTelemetry.Add(builder, plugin.Info, options.Environment);
        WebApplication app = builder.Build();
        MapPaths(app);
        WarnOfMismatch(app, plugin.Info);
        return app;
    }

    private static void ConfigureServer(WebApplicationBuilder builder, PluginHostOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
        });
        string? configured = options.Url ?? builder.Configuration[WebHostDefaults.ServerUrlsKey];
        builder.WebHost.UseUrls(string.IsNullOrEmpty(configured) ? string.Create(CultureInfo.InvariantCulture, $"http://*:{ContractPorts.Http}") : configured);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
    }

    private static void AddServices(IServiceCollection services, BasePlugin plugin, PluginHostOptions options, SecretRedactor redactor)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.TimeProvider);
        services.AddSingleton(redactor);
        services.AddSingleton(new PluginEnvironment(options.Environment));
        services.AddSingleton(provider =>
        {
            var declarations = new PluginBuilder(
                plugin.Info.Id, provider.GetRequiredService<PluginEnvironment>().PublicUrl, provider.GetRequiredService<ILoggerFactory>(), options.TimeProvider);
            plugin.Configure(declarations);
            return declarations.Build(plugin);
        });
        services.AddSingleton(provider => new PluginMeters(provider.GetRequiredService<PluginDeclaration>()));
        services.AddSingleton(provider => new CheckRunner(
            provider.GetRequiredService<PluginDeclaration>(), redactor, options, provider.GetRequiredService<ILogger<CheckRunner>>()));
        services.AddSingleton<MountedFiles>();
        services.AddSingleton<CallGate>();
        services.AddSingleton<CallerAuthenticator>();
        services.AddSingleton<ProblemWriter>();
        services.AddSingleton<OperationListing>();
        services.AddSingleton<OperationEndpoint>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<StatusEndpoint>();
        services.AddSingleton<PluginLifecycle>();
        services.AddHostedService(provider => provider.GetRequiredService<PluginLifecycle>());
    }

    private static void MapPaths(WebApplication app)
    {
        StatusEndpoint status = app.Services.GetRequiredService<StatusEndpoint>();
        OperationEndpoint operations = app.Services.GetRequiredService<OperationEndpoint>();
        WebhookEndpoint webhooks = app.Services.GetRequiredService<WebhookEndpoint>();
        ProblemWriter problems = app.Services.GetRequiredService<ProblemWriter>();
        PluginLifecycle lifecycle = app.Services.GetRequiredService<PluginLifecycle>();
        app.Use((http, next) =>
        {
            if (lifecycle.Snapshot.State == PluginState.Stopping)
            {
                // The next call shall look for a replica that stays.
                http.Response.Headers.Connection = "close";
            }

            return next(http);
        });
        app.MapGet(ContractPaths.Healthz, StatusEndpoint.LiveAsync);
        app.MapGet(ContractPaths.Readyz, status.ReadyAsync);
        app.MapGet(ContractPaths.Status, status.StatusAsync);
        app.MapGet(ContractPaths.Metrics, status.MetricsAsync);
        app.MapGet(ContractPaths.Operations, operations.ListAsync);
        app.MapPost(ContractPaths.Operations + "/{name}", operations.PerformAsync);
        app.MapMethods(ContractPaths.Webhooks + "/{name}/{**rest}", [HttpMethods.Post, HttpMethods.Get], webhooks.TakeAsync);
        app.MapFallback(http => problems.WriteAsync(
            http, new ProblemAnswer(new PluginProblem(ProblemTypes.NotFound, "No such path", 404, "The plugin contract has no such path."))));
    }

    // The operator and the image may disagree after a hand-made tag; it is not the plugin's to decide who is right.
    private static void WarnOfMismatch(WebApplication app, PluginInfo info)
    {
        PluginEnvironment environment = app.Services.GetRequiredService<PluginEnvironment>();
        if ((environment.Plugin ?? info.Id) != info.Id || (environment.PluginVersion ?? info.Version) != info.Version)
        {
            app.Logger.LogWarning(
                "This image is {Id} {Version}, but the operator installed it as {Plugin} {PluginVersion}.", info.Id, info.Version, environment.Plugin, environment.PluginVersion);
        }
    }
}
