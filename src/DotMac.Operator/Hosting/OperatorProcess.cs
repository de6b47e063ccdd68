using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Operator.Configuration;
using DotMac.Operator.Diagnostics;

namespace DotMac.Operator.Hosting;

/// <summary>The process: starts everything, serves health and metrics, stops in order.</summary>
internal static class OperatorProcess
{
    /// <summary>Runs until told to stop.</summary>
    /// <returns>The exit code: 0 when told to stop, 1 after an error that the log explains.</returns>
    public static async Task<int> RunAsync(OperatorOptions options, CancellationToken cancellationToken)
    {
        using var logs = LogSetup.Create();
        var logger = logs.CreateLogger("DotMac.Operator");
        try
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig(options.Kubeconfig, options.Context);
            using var tracing = Tracing.Start(options.OtlpEndpoint);
            await using var audit = AuditSetup.Open(options.Audit, logs);
            using var runtime = new OperatorRuntime(options, configuration, audit, logs);
            var app = HealthServer.Create(options.MetricsAddress, runtime, logs);
            await using (app)
            {
                await app.StartAsync(cancellationToken);
                logger.LogInformation("Serving health and metrics at {Addresses}", string.Join(", ", app.Urls));
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
                try
                {
                    await runtime.RunAsync(stop.Token);
                }
                finally
                {
                    await app.StopAsync(CancellationToken.None);
                }
            }

            logger.LogInformation("Stopped");
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is KubernetesConfigurationException or ApiException or TimeoutException or IOException or LeadershipLostException)
        {
            // The message says what to do; where in our code it was noticed helps nobody.
            logger.LogCritical("The operator cannot go on: {Reason}", e.Message);
            return 1;
        }
#pragma warning disable CA1031 // The last line of defence: whatever it is, the log must have it before the process ends.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogCritical(e, "The operator cannot go on");
            return 1;
        }
    }
}
