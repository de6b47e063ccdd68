using System.Net;
using DotMac.Admin.Access;
using DotMac.Admin.Auditing;
using DotMac.Admin.Callers;
using DotMac.Admin.Changes;
using DotMac.Admin.Configuration;
using DotMac.Admin.Configuring;
using DotMac.Admin.Installing;
using DotMac.Admin.Json;
using DotMac.Admin.Listing;
using DotMac.Admin.Logs;
using DotMac.Admin.OpenApi;
using DotMac.Admin.Routes;
using DotMac.Admin.Secrets;
using DotMac.Admin.Tenants;
using DotMac.Admin.Ui;
using DotMac.Admin.Ui.Sessions;
using DotMac.Admin.Waiting;
using DotMac.Admin.Writing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DotMac.Admin.Hosting;

/// <summary>Puts the HTTP service together.</summary>
internal static class AdminServer
{
    /// <summary>The longest body, in bytes: a config may have 256 KiB, and JSON may spell each character in six.</summary>
    public const long LongestBody = 1024 * 1024;

    private const int MostConnections = 4096;

    /// <summary>Makes it; it is started by the caller.</summary>
    /// <exception cref="InvalidOperationException">The options do not fit together.</exception>
    public static WebApplication Create(AdminOptions options, AdminRuntime runtime, ILoggerFactory logs, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Pages' files are found beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(AdminServer).Assembly.GetName().Name,
        });
        builder.WebHost.UseStaticWebAssets();

        // Only the files that were there when it was built, from wherever it is run.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            Listen(kestrel, options);
        });
        AddServices(builder.Services, options, runtime, clock);
        var app = builder.Build();
        if (options.PathBase.Length > 0)
        {
            app.UsePathBase(options.PathBase);
        }

        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<ProblemWriter>();
        DocsPage.UsePolicy(app);
        app.UseRouting();
        app.UseMiddleware<CallerGate>();
        app.UseMiddleware<PageGate>();
        app.UseAntiforgery();
        app.UseMiddleware<IdempotencyKeys>();
        app.MapGet("/healthz", [OpenToAll] () => Answer(runtime.Unhealthy())).ExcludeFromDescription();
        app.MapGet("/readyz", [OpenToAll] () => Answer(runtime.NotReady())).ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new OpenToAllAttribute());
        DocsPage.Map(app);
        AdminRoutes.Map(app);
        UiServer.Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, AdminOptions options, AdminRuntime runtime, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(runtime.Caches);
        services.AddSingleton(runtime.Clients);
        services.AddSingleton(runtime.Client);
        services.AddSingleton<ITokenReviewer>(runtime.Tokens);
        services.AddSingleton<IAccessReviewer>(runtime.Access);
        services.AddSingleton(new CallerLimits(options.RequestsPerSecond));
        services.AddSingleton<ISecretStore>(provider => new VaultSecretStore(runtime.Vault, options.Vault, provider.GetRequiredService<ILogger<VaultSecretStore>>()));
        services.AddSingleton<AccessGuard>();
        services.AddSingleton<PluginLocator>();
        services.AddSingleton<PluginOrder>();
        services.AddSingleton<RevisionReader>();
        services.AddSingleton<ChangeWaiter>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<PodLogs>();
        services.AddSingleton<Installer>();
        services.AddSingleton<PluginWriter>();
        services.AddSingleton<Changer>();
        services.AddSingleton<Configurer>();
        services.AddSingleton<PluginRemover>();
        services.AddSingleton<CheckRequester>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Answers>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<ProblemWriter>();
        services.AddSingleton<CallerGate>();
        services.AddSingleton<IdempotencyKeys>();
        UiServer.AddServices(services, options);
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static json => AdminJson.Configured(json.SerializerOptions));
    }

    private static void Listen(KestrelServerOptions kestrel, AdminOptions options)
    {
        var address = options.BindAddress;
        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address.AsSpan(colon + 1), out var port))
        {
            throw new InvalidOperationException($"--bind-address: '{address}' is no address; write :8000 or 127.0.0.1:8000");
        }

        var host = address[..colon].Trim('[', ']');
        void Configure(ListenOptions listen)
        {
            if (options.CertificateDirectory is not null)
            {
                listen.UseHttps(MountedCertificate.Watch(options.CertificateDirectory));
            }
        }

        if (host.Length == 0)
        {
            kestrel.ListenAnyIP(port, Configure);
        }
        else
        {
            kestrel.Listen(IPAddress.TryParse(host, out var ip) ? ip : throw new InvalidOperationException($"--bind-address: '{host}' is no IP address"), port, Configure);
        }
    }

    private static IResult Answer(string? trouble) => trouble is null ? Results.Text("ok\n") : Results.Text(trouble + "\n", statusCode: 503);
}
