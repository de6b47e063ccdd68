using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Callers;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Sdk.Logging;
using DotMac.Plugins.Sdk.Mounted;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Lifecycle;

/// <summary>
/// Leads a plugin through its life: one loop that looks at the mounted files when they change, and calls the plugin's hooks one at a time.
/// </summary>
internal sealed class PluginLifecycle(
    PluginDeclaration declaration,
    PluginEnvironment environment,
    MountedFiles files,
    CallerAuthenticator callers,
    CheckRunner checks,
    CallGate gate,
    SecretRedactor redactor,
    PluginHostOptions options,
    ILogger<PluginLifecycle> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(30);
    private readonly ConfigLoader _loader = new(files, declaration.Config.Type);
    private readonly CancellationTokenSource _stop = new();
    private volatile LifecycleSnapshot _snapshot = new(PluginState.Initializing, "The plugin is starting.", [], []);
    private MountWatcher? _watcher;
    private Task _loop = Task.CompletedTask;
    private byte[]? _pinned;
    private string _fingerprint = "";
    private bool _initialized;
    private bool _activated;
    private int _failures;

    /// <summary>Where the plugin is in its life.</summary>
    public LifecycleSnapshot Snapshot => _snapshot;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        callers.Refresh();
        _watcher = new MountWatcher(files.Directories, options.PollInterval, options.TimeProvider, logger);
        _loop = Task.Run(() => RunAsync(_watcher, _stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>The signal to stop has come. The server still listens, so that probes and late callers get an answer.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Publish(PluginState.Stopping, "The plugin is stopping.", [], []);

        // Callers hear of it a little later than the plugin: until then their calls are taken, on connections that end with them.
        if (gate.IsOpen)
        {
            await Task.WhenAny(Task.Delay(options.LameDuckTime, options.TimeProvider, cancellationToken));
        }

        Task empty = gate.Close();
        await _stop.CancelAsync();
        await Task.WhenAny(empty, Task.Delay(options.DrainTime, options.TimeProvider, cancellationToken));
        if (!empty.IsCompleted)
        {
            logger.LogWarning("Calls were still running after {Seconds} s; stopping all the same.", options.DrainTime.TotalSeconds);
        }

        using CancellationTokenSource limit = new(options.CleanupTime, options.TimeProvider);
        await EndAsync("the loop", () => _loop, needed: true, limit.Token);
        await EndAsync("the checks", checks.StopAsync, needed: true, limit.Token);
        await EndAsync(nameof(BasePlugin.DeactivateAsync), () => declaration.Plugin.DeactivateAsync(limit.Token), _activated, limit.Token);
        await EndAsync(nameof(BasePlugin.CleanupAsync), () => declaration.Plugin.CleanupAsync(limit.Token), _initialized, limit.Token);
        logger.LogInformation("Stopped.");
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher?.Dispose();
        _stop.Dispose();
        foreach (HttpClient client in declaration.Clients)
        {
            client.Dispose();
        }
    }

    private static string Sentence(FieldProblem problem) =>
        string.IsNullOrEmpty(problem.Pointer) ? problem.Message ?? "" : $"{problem.Pointer}: {problem.Message}";

    private static string Sentences(IReadOnlyList<FieldProblem> problems) => string.Join(' ', problems.Select(Sentence));

    // A foreign exception's message may hold anything; the plugin's own ones are made for callers.
    private static string Reason(Exception exception) =>
        exception is PluginException ? exception.Message : $"{exception.GetType().Name}; the plugin's log says more";

    private async Task RunAsync(MountWatcher watcher, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                callers.Refresh();
                TimeSpan? retry = _activated ? await TakeChangesOverAsync(cancellationToken) : await BringUpAsync(cancellationToken);
                await watcher.WaitAsync(retry, options.TimeProvider, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A loop that ended silently would leave a plugin that never sees a change again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LogCritical(exception, "The host failed while looking at the mounted files; it looks again soon.");
                if (!_activated)
                {
                    Publish(PluginState.Failed, $"The host failed while looking at the mounted files: {Reason(exception)}.", [], []);
                }

                await watcher.WaitAsync(options.RetryDelay, options.TimeProvider, CancellationToken.None);
            }
        }
    }

    private async Task<TimeSpan?> BringUpAsync(CancellationToken cancellationToken)
    {
        LoadedConfig loaded = Load(pinned: null);
        IReadOnlyList<FieldProblem> problems = environment.Tenant is null
            ? [new FieldProblem("", $"The environment variable {EnvironmentNames.Tenant} is not set."), .. loaded.Problems]
            : loaded.Problems;
        if (problems.Count > 0)
        {
            if (!_snapshot.Problems.SequenceEqual(problems))
            {
                logger.LogWarning("Not ready: {Problems}", Sentences(problems));
            }

            Publish(
                PluginState.Initializing,
                "Config or secrets are not complete. " + Sentences(problems),
                problems,
                [new PluginCheck(CheckNames.Config, HealthState.Unhealthy, Sentences(problems))]);
            return null;
        }

        declaration.Config.Value = loaded.Value;
        try
        {
            _initialized = true;
            await declaration.Plugin.InitializeAsync(cancellationToken);
            await declaration.Plugin.ActivateAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The plugin is foreign code: whatever it throws is shown, and tried again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "The plugin could not be initialized or activated.");
            string message = $"The plugin could not be initialized or activated: {Reason(exception)}.";
            Publish(PluginState.Failed, message, [], [ConfigCheck(HealthState.Healthy, ""), new PluginCheck(CheckNames.Lifecycle, HealthState.Unhealthy, message)]);
            TimeSpan delay = options.RetryDelay * Math.Pow(2, Math.Min(_failures++, 10));
            return delay < MaxRetryDelay ? delay : MaxRetryDelay;
        }

        _activated = true;
        _pinned = environment.Reload == ReloadMode.Restart ? loaded.Source : null;
        _fingerprint = loaded.Fingerprint;
        Publish(PluginState.Active, "", [], [ConfigCheck(HealthState.Healthy, "")]);
        gate.Open();
        checks.Start();
        logger.LogInformation("{Plugin} {Version} is active for {Tenant}.", declaration.Plugin.Info.Id, declaration.Plugin.Info.Version, environment.Tenant);
        return null;
    }

    private async Task<TimeSpan?> TakeChangesOverAsync(CancellationToken cancellationToken)
    {
        LoadedConfig loaded = Load(_pinned);
        if (loaded.Problems.Count > 0)
        {
            Keep($"The changed config or secret cannot be used, the previous one stays in force. {Sentences(loaded.Problems)}", loaded.Problems);
            return null;
        }

        if (loaded.Fingerprint == _fingerprint)
        {
            Publish(PluginState.Active, "", [], [ConfigCheck(HealthState.Healthy, "")]);
            return null;
        }

        object? previous = declaration.Config.Value;
        declaration.Config.Value = loaded.Value;
        try
        {
            await declaration.Plugin.ReloadAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The plugin is foreign code: whatever it throws refuses the config.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            declaration.Config.Value = previous;
            logger.LogError(exception, "The plugin refused the changed config.");
            Keep($"The plugin refused the changed config, the previous one stays in force: {Reason(exception)}.", []);
            return null;
        }

        _fingerprint = loaded.Fingerprint;
        Publish(PluginState.Active, "", [], [ConfigCheck(HealthState.Healthy, "")]);
        checks.RunAgain();
        logger.LogInformation("A changed config or secret is in force.");
        return null;
    }

    private LoadedConfig Load(byte[]? pinned)
    {
        LoadedConfig loaded = _loader.Load(pinned);
        redactor.Add(loaded.Secrets);
        return loaded;
    }

    private void Keep(string message, IReadOnlyList<FieldProblem> problems)
    {
        PluginCheck check = ConfigCheck(HealthState.Degraded, message);
        if (!_snapshot.Checks.Contains(check))
        {
            logger.LogWarning("{Message}", message);
        }

        Publish(PluginState.Degraded, "", problems, [check]);
    }

    private PluginCheck ConfigCheck(HealthState state, string message) => new(CheckNames.Config, state, redactor.Redact(message));

    // Once it stops, nothing else may be said: the loop may still be on its way out.
    private void Publish(PluginState state, string detail, IReadOnlyList<FieldProblem> problems, IReadOnlyList<PluginCheck> ownChecks)
    {
        lock (_stop)
        {
            if (_snapshot.State != PluginState.Stopping)
            {
                _snapshot = new LifecycleSnapshot(state, redactor.Redact(detail), problems, ownChecks);
            }
        }
    }

    private async Task EndAsync(string what, Func<Task> end, bool needed, CancellationToken cancellationToken)
    {
        if (!needed)
        {
            return;
        }

        try
        {
            await end().WaitAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The process ends either way; the rest of the clean-up must still run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "{What} did not end well.", what);
        }
    }
}
