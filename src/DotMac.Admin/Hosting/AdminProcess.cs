using DotMac.Admin.Configuration;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Admin.Hosting;

/// <summary>The process: starts everything, stops in order.</summary>
internal static class AdminProcess
{
    /// <summary>Runs until told to stop.</summary>
    /// <returns>The exit code: 0 when told to stop, 1 after an error that the log explains.</returns>
    public static async Task<int> RunAsync(AdminOptions options, CancellationToken cancellationToken)
    {
        using var logs = LogSetup.Create();
        var logger = logs.CreateLogger("DotMac.Admin");
        try
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig(options.Kubeconfig, options.Context);
            using var runtime = new AdminRuntime(options, configuration, logs, TimeProvider.System);
            var app = AdminServer.Create(options, runtime, logs, TimeProvider.System);
            await using (app)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await app.StartAsync(cancellationToken);
                logger.LogInformation("Serving the admin API at {Addresses}", string.Join(", ", app.Urls));
                var watching = runtime.RunAsync(stop.Token);
                using var stopping = app.Lifetime.ApplicationStopping.Register(stop.Cancel);
                await watching;
                await app.StopAsync(CancellationToken.None);
            }

            logger.LogInformation("Stopped");
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is KubernetesConfigurationException or ApiException or TimeoutException or IOException or InvalidOperationException)
        {
            logger.LogCritical("The admin API cannot go on: {Reason}", e.Message);
            return 1;
        }
#pragma warning disable CA1031 // The last line of defence: whatever it is, the log must have it before the process ends.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogCritical(e, "The admin API cannot go on");
            return 1;
        }
    }
}
