using System.Net;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Metrics;
using Polly.CircuitBreaker;

namespace DotMac.Plugins.Sdk.Http;

/// <summary>A vendor as the requests to it have found it: counts, and whether it answers.</summary>
internal sealed class Upstream
{
    /// <summary>So many failures in a row are no accident, even where too few calls are made to open the circuit.</summary>
    private const int FailuresThatCount = 3;

    private readonly string _vendor;
    private int _failuresInARow;
    private volatile string _lastFailure = "";

    /// <summary>A vendor that was not called yet.</summary>
    public Upstream(PluginHttpClientOptions options)
    {
        _vendor = options.Vendor;
        Name = options.Name ?? string.Concat(options.Vendor.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Counts every try.</summary>
    public CallCounter Calls { get; } = new();

    /// <summary>Tells the circuit's state.</summary>
    public CircuitBreakerStateProvider Circuit { get; } = new();

    /// <summary>Whether requests fail at once because too many failed before.</summary>
    public bool IsOpen => Circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Whether it answers.</summary>
    public bool IsAvailable => !IsOpen && Volatile.Read(ref _failuresInARow) < FailuresThatCount;

    /// <summary>A try ended with an answer.</summary>
    public void Answered(HttpStatusCode status)
    {
        if (RetryRules.IsServerFailure(status))
        {
            Failed($"it answered {(int)status}");
        }
        else
        {
            Volatile.Write(ref _failuresInARow, 0);
        }
    }

    /// <summary>A try ended without one.</summary>
    /// <param name="how">How, without anything of the request's content.</param>
    public void Failed(string how)
    {
        _lastFailure = how;
        Interlocked.Increment(ref _failuresInARow);
    }

    /// <summary>What the status says of it.</summary>
    public PluginDependency Report()
    {
        string message = IsOpen ? $"{_vendor} failed too often, so it is left alone for a moment; last, {_lastFailure}."
            : IsAvailable ? ""
            : $"The last {Volatile.Read(ref _failuresInARow)} requests to {_vendor} failed; last, {_lastFailure}.";
        return new PluginDependency(Name, message.Length == 0 ? HealthState.Healthy : HealthState.Degraded, message, Calls.Latency.Total(), Calls.Errors);
    }
}
