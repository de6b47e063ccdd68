using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Diagnostics;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.LeaderElection;

/// <summary>
/// Leader election on a Lease, as client-go does it: the holder renews, the others watch whether it does. The holder gives up
/// <see cref="LeaderElectionOptions.RenewDeadline"/> after it last began a renewal that succeeded; the others wait
/// <see cref="LeaderElectionOptions.LeaseDuration"/> after they last saw one. Both measure with their own clock, so that between the two
/// nobody leads, however wrong the clocks are set.
/// </summary>
public sealed class LeaderElector : ILeaderElector
{
    // What was told to stop at once has this long to do so; then the process ends around it.
    private static readonly TimeSpan LostGrace = TimeSpan.FromSeconds(2);

    private readonly IResource<V1Lease> _leases;
    private readonly LeaderElectionOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ObjectKey _key;

    // One loop at a time uses these: first the one that acquires, then the one that renews, then the release.
    private LeaseSighting _sighting;
    private string? _saidHolder;
    private string? _saidTrouble;

    // These anybody asks for.
    private long _renewed;
    private volatile bool _leads;

    /// <summary>An elector that does not take part yet.</summary>
    /// <param name="leases">Where the lease is. Better over a connection of its own, which no other traffic can hold up.</param>
    /// <param name="options">Which lease, and how patient.</param>
    /// <param name="logger">Told who leads.</param>
    /// <param name="clock">The time.</param>
    public LeaderElector(IResource<V1Lease> leases, LeaderElectionOptions options, ILogger<LeaderElector> logger, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _leases = leases;
        _options = options;
        _logger = logger;
        _clock = clock ?? TimeProvider.System;
        _key = new ObjectKey(options.Namespace, options.LeaseName);
        KubernetesMetrics.Leads(options.LeaseName, 0);
    }

    /// <inheritdoc />
    public string Identity => _options.Identity;

    /// <inheritdoc />
    public bool IsLeader => _leads && Left > TimeSpan.Zero;

    private TimeSpan Left => _options.RenewDeadline - _clock.GetElapsedTime(Volatile.Read(ref _renewed));

    /// <inheritdoc />
    public void ThrowIfNotLeader()
    {
        if (!IsLeader)
        {
            throw new LeadershipLostException($"{Identity} does not hold the lease {_key}: another one may lead");
        }
    }

    /// <inheritdoc />
    public async Task RunAsync(Func<CancellationToken, CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (!await AcquireAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var stopRenewing = new CancellationTokenSource();
        using var lost = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost.Token);
        var renewing = RenewAsync(stopRenewing.Token);
        var leading = LeadAsync(lead, stop.Token, lost.Token);
        await Task.WhenAny(renewing, leading).ConfigureAwait(false);
        await stopRenewing.CancelAsync().ConfigureAwait(false);
        if (await renewing.ConfigureAwait(false) is { } reason)
        {
            SetLeads(false);
            _logger.LogError("{Identity} leads no more: {Reason}", Identity, reason);
            await lost.CancelAsync().ConfigureAwait(false);

            // What does not end in time writes no more, and ends with the process.
            await leading.WaitAsync(LostGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new LeadershipLostException($"the leadership was lost: {reason}");
        }

        // The work has ended, one way or the other; only now may another one begin.
        SetLeads(false);
        await ReleaseAsync().ConfigureAwait(false);
        await leading.ConfigureAwait(false);
    }

    // A delegate that throws before its first await is a task that failed, like any other.
    private static async Task LeadAsync(Func<CancellationToken, CancellationToken, Task> lead, CancellationToken stop, CancellationToken lost) =>
        await lead(stop, lost).ConfigureAwait(false);

    private TimeSpan Pause() => _options.RetryPeriod / (1 + (Random.Shared.NextDouble() * (_options.Jitter - 1)));

    /// <summary>Tries until the lease is ours; false when told to stop before.</summary>
    private async Task<bool> AcquireAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var tried = await TryAsync(_options.TryTimeout, stop).ConfigureAwait(false);
                if (tried.HeldSince is { } since)
                {
                    Volatile.Write(ref _renewed, since);
                    if (Left > TimeSpan.Zero)
                    {
                        SetLeads(true);
                        _logger.LogInformation("{Identity} leads: it holds the lease {Lease}", Identity, _key);
                        return true;
                    }
                }

                Say(tried);
                var pause = Pause();

                // When its holder has been silent long enough, at that moment.
                await DelayAsync(tried.Left is { } left && left < pause ? left : pause, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Renews until told to stop, which is null, or until leadership is lost, which is the reason.</summary>
    private async Task<string?> RenewAsync(CancellationToken stop)
    {
        var trouble = "this process did not run";
        try
        {
            while (true)
            {
                var pause = Pause();
                await DelayAsync(pause < Left ? pause : Left, stop).ConfigureAwait(false);
                var left = Left;
                if (left <= TimeSpan.Zero)
                {
                    return $"the lease {_key} was not renewed for {_options.RenewDeadline.TotalSeconds:0.#} s: {trouble}";
                }

                var tried = await TryAsync(left < _options.TryTimeout ? left : _options.TryTimeout, stop).ConfigureAwait(false);
                if (tried.HeldSince is { } since)
                {
                    Volatile.Write(ref _renewed, since);
                    trouble = "this process did not run";
                }
                else if (tried.Holder is { } holder)
                {
                    return $"{holder} holds the lease {_key}";
                }
                else
                {
                    trouble = tried.Trouble ?? "somebody else changes it all the time";
                    _logger.LogWarning("The lease {Lease} was not renewed: {Reason}; {Left:0.0} s left", _key, trouble, Math.Max(0, Left.TotalSeconds));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Who cannot renew does not lead, whatever the reason, a mistake of ours included.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"renewing the lease {_key} failed: {e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>One try, which takes no longer than it may, whatever the connection does.</summary>
    private async Task<LeaseTry> TryAsync(TimeSpan timeout, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(timeout, _clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        LeaseTry tried;
        try
        {
            tried = await TryOnceAsync(_sighting, deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            tried = new LeaseTry(_sighting, Trouble: $"no answer from the API server within {timeout.TotalSeconds:0.#} s");
        }
#pragma warning disable CA1031 // Whatever is wrong with one try, there is another one until the deadline.
        catch (Exception e)
#pragma warning restore CA1031
        {
            tried = new LeaseTry(_sighting, Trouble: e.Message);
        }

        _sighting = tried.Sighting;
        return tried;
    }

    /// <summary>One try. It changes nothing of this object: it may have been given up when it ends.</summary>
    private async Task<LeaseTry> TryOnceAsync(LeaseSighting sighting, CancellationToken cancellationToken)
    {
        if (_leads && sighting.Lease is { } known)
        {
            // Whoever holds it need not read it: the server refuses when it is not as it was left.
            try
            {
                return await HoldAsync(known, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.IsConflict || e.IsNotFound)
            {
                KubernetesMetrics.CountSlowPath(_options.LeaseName);
            }
        }

        var lease = await _leases.GetAsync(_key, cancellationToken).ConfigureAwait(false);
        sighting = sighting.Next(lease, _clock.GetTimestamp());
        var decision = LeaseDecision.Of(lease, _clock.GetElapsedTime(sighting.Since), _options);
        if (decision.Action == LeaseAction.Wait)
        {
            return new LeaseTry(sighting, Holder: lease!.Spec!.HolderIdentity, Left: decision.Left);
        }

        try
        {
            return await HoldAsync(lease, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound)
        {
            // Somebody else was faster, or it was deleted a moment ago, or its namespace is not there: the next try sees.
            return new LeaseTry(sighting, Trouble: e.Message);
        }
    }

    private async Task<LeaseTry> HoldAsync(V1Lease? current, CancellationToken cancellationToken)
    {
        // From before the request: nobody else can have seen this renewal earlier than that.
        var before = _clock.GetTimestamp();
        var wanted = LeaseContent.Held(current, _options, _clock.GetUtcNow());
        var written = current is null
            ? await _leases.CreateAsync(wanted, cancellationToken).ConfigureAwait(false)
            : await _leases.UpdateAsync(wanted, cancellationToken).ConfigureAwait(false);
        return new LeaseTry(new LeaseSighting(written, before), HeldSince: before);
    }

    private async Task ReleaseAsync()
    {
        if (!_options.ReleaseOnCancel || Left <= TimeSpan.Zero || _sighting.Lease is not { } lease)
        {
            return;
        }

        // Past this moment it may be somebody else's, and this process has better things to do than to wait: it ends.
        using var deadline = new CancellationTokenSource(Left < _options.TryTimeout ? Left : _options.TryTimeout, _clock);
        try
        {
            try
            {
                await _leases.UpdateAsync(LeaseContent.Released(lease, _clock.GetUtcNow()), deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.IsConflict)
            {
                // A renewal that was broken off may have got through.
                if (await _leases.GetAsync(_key, deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false) is { } now && now.Spec?.HolderIdentity == Identity)
                {
                    await _leases.UpdateAsync(LeaseContent.Released(now, _clock.GetUtcNow()), deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
                }
            }

            _logger.LogInformation("{Identity} gave the lease {Lease} back", Identity, _key);
        }
#pragma warning disable CA1031 // A courtesy: without it, the others wait until it runs out.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogWarning("The lease {Lease} was not given back and runs out in {Duration:0} s: {Reason}", _key, _options.LeaseDuration.TotalSeconds, e.Message);
        }
    }

    // Rounded up: a timer that fires a moment early would only have to be set again.
    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, delay.TotalMilliseconds))), _clock, cancellationToken);

    private void SetLeads(bool leads)
    {
        if (_leads != leads)
        {
            _leads = leads;
            KubernetesMetrics.Leads(_options.LeaseName, leads ? 1 : -1);
        }
    }

    // Standing by lasts for weeks: only news is told.
    private void Say(in LeaseTry tried)
    {
        if (tried.Trouble != _saidTrouble)
        {
            _saidTrouble = tried.Trouble;
            if (tried.Trouble is not null)
            {
                _logger.LogWarning("The lease {Lease} cannot be had at this moment: {Reason}", _key, tried.Trouble);
            }
        }

        if (tried.Holder is { } holder && holder != _saidHolder)
        {
            _saidHolder = holder;
            _logger.LogInformation("{Holder} leads; {Identity} stands by with warm caches", holder, Identity);
        }
    }
}
