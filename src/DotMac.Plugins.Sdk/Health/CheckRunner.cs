using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Logging;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Health;

/// <summary>Runs the checks in the background and keeps their last results.</summary>
internal sealed class CheckRunner : IDisposable
{
    private static readonly TimeSpan Spared = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<IPluginCheck> _checks;
    private readonly IReadOnlyList<Upstream> _upstreams;
    private readonly PluginCheck[] _results;
    private readonly long[] _kept;
    private readonly SecretRedactor _redactor;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _troubledInterval;
    private readonly ILogger<CheckRunner> _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile CancellationTokenSource _again = new();
    private Task _running = Task.CompletedTask;
    private Task? _refresh;
    private long _runs;
    private long _refreshedAt;
    private volatile bool _isStarted;

    /// <summary>Prepares; nothing runs yet.</summary>
    public CheckRunner(PluginDeclaration declaration, SecretRedactor redactor, PluginHostOptions options, ILogger<CheckRunner> logger)
    {
        _checks = declaration.Checks;
        _upstreams = declaration.Upstreams;
        _kept = new long[_checks.Count];
        _results = [.. _checks.Select(check => new PluginCheck(check.Name, HealthState.Unknown, "Not run yet."))];
        _redactor = redactor;
        _timeProvider = options.TimeProvider;
        _troubledInterval = options.TroubledInterval;
        _logger = logger;
    }

    /// <summary>The last results. Never waits.</summary>
    public IReadOnlyList<PluginCheck> Results => [.. Enumerable.Range(0, _results.Length).Select(index => Volatile.Read(ref _results[index]))];

    /// <summary>Starts all checks: at once, then at their intervals.</summary>
    public void Start()
    {
        _running = Task.WhenAll(_checks.Select((check, index) => Task.Run(() => RepeatAsync(check, index))));
        _isStarted = true;
    }

    /// <summary>
    /// Runs all checks now and waits for them, for ten seconds at most; what takes longer keeps its last result until it is done. Whoever asks meanwhile waits
    /// for the same run, and within ten seconds after it gets what it found: the vendor is not to be asked as often as anybody likes.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted || _stop.IsCancellationRequested)
        {
            return;
        }

        Task refresh;
        lock (_gate)
        {
            if (_refresh is { IsCompleted: true } && _timeProvider.GetElapsedTime(_refreshedAt) < Spared)
            {
                return;
            }

            if (_refresh is null or { IsCompleted: true })
            {
                _refreshedAt = _timeProvider.GetTimestamp();
                _refresh = Task.WhenAll(_checks.Select((check, index) => Task.Run(async () => Keep(check, index, Begin(), await RunOnceAsync(check)))));
            }

            refresh = _refresh;
        }

        try
        {
            await refresh.WaitAsync(Patience, _timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is known by now is the answer.
        }
    }

    /// <summary>Runs all checks again now, because the config changed.</summary>
    public void RunAgain()
    {
        CancellationTokenSource previous = Interlocked.Exchange(ref _again, new CancellationTokenSource());
        previous.Cancel();
        previous.Dispose();
    }

    /// <summary>Ends all checks.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        Task? refresh;
        lock (_gate)
        {
            refresh = _refresh;
        }

        await (refresh ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _again.Dispose();
    }

    private async Task RepeatAsync(IPluginCheck check, int index)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, Again());
            long run = Begin();
            PluginCheck result = await RunOnceAsync(check);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            Keep(check, index, run, result);
            try
            {
                await WaitAsync(check, result, wait.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopped, or asked to run again.
            }
        }
    }

    private long Begin() => Interlocked.Increment(ref _runs);

    // Of two runs at once the one that began later counts: the other may have begun with credentials that have changed since.
    private void Keep(IPluginCheck check, int index, long run, PluginCheck result)
    {
        PluginCheck previous;
        lock (_gate)
        {
            if (run < _kept[index])
            {
                return;
            }

            _kept[index] = run;
            previous = Interlocked.Exchange(ref _results[index], result);
        }

        if (previous.State != result.State)
        {
            _logger.Log(
                result.State == HealthState.Healthy ? LogLevel.Information : LogLevel.Warning,
                "Check {Check} is {State}. {Message}",
                check.Name,
                result.State,
                result.Message);
        }
    }

    // While all was well nobody asks sooner. But when calls begin to fail, a check must tell when that is over: the vendor may be called by nothing else.
    private async Task WaitAsync(IPluginCheck check, PluginCheck result, CancellationToken cancellationToken)
    {
        double jitter = 0.9 + (0.2 * Random.Shared.NextDouble());
        long start = _timeProvider.GetTimestamp();
        TimeSpan interval = check.Interval * jitter;
        TimeSpan troubled = _troubledInterval * jitter;
        while (true)
        {
            TimeSpan elapsed = _timeProvider.GetElapsedTime(start);
            bool trouble = result.State != HealthState.Healthy || _upstreams.Any(static upstream => !upstream.IsAvailable);
            TimeSpan left = (trouble && troubled < interval ? troubled : interval) - elapsed;
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(left < troubled ? left : troubled, _timeProvider, cancellationToken);
        }
    }

    // The source may be exchanged and disposed of between reading the field and asking for its token.
    private CancellationToken Again()
    {
        while (true)
        {
            try
            {
                return _again.Token;
            }
            catch (ObjectDisposedException) when (!_stop.IsCancellationRequested)
            {
                continue;
            }
        }
    }

    private async Task<PluginCheck> RunOnceAsync(IPluginCheck check)
    {
        using CancellationTokenSource limit = new(check.Timeout, _timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, limit.Token);
        CheckResult result;
        try
        {
            result = await check.CheckAsync(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            result = CheckResult.Degraded($"No answer within {check.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception exception) when (exception is VendorUnavailableException or VendorTimeoutException or VendorRateLimitException)
        {
            result = CheckResult.Degraded(exception.Message);
        }
        catch (PluginException exception)
        {
            result = CheckResult.Unhealthy(exception.Message);
        }
#pragma warning disable CA1031 // A check is foreign code: whatever it throws is a result, and must not end the loop.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.LogError(exception, "Check {Check} failed.", check.Name);
            result = CheckResult.Unhealthy($"The check itself failed ({exception.GetType().Name}); the plugin's log says more.");
        }

        return new PluginCheck(check.Name, result.State, _redactor.Redact(result.Message));
    }
}
