using DotMac.Vault.Client;
using DotMac.Vault.KubernetesAuth;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Vault.Sessions;

/// <summary>
/// Stays logged in as a service account. The token is looked after when it is asked for: renewed at about two thirds of its lease, replaced by a new
/// login when renewal is refused, brings little, or came too late. However many ask, one request is under way. Whoever needs the token kept alive
/// while nobody asks runs <see cref="KeepAliveAsync"/>.
/// </summary>
public sealed class VaultSession : IVaultTokenSource, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A token that Vault accepted this short a time ago is not doubted because of one refusal.
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly IKubernetesAuth _auth;
    private readonly IVaultTokens _tokens;
    private readonly KubernetesLoginOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private SessionLease? _lease;
    private Task<SessionLease>? _refreshing;
    private VaultException? _failure;
    private DateTimeOffset _notBefore;
    private int _failures;

    /// <summary>A session that logs in when its token is first asked for.</summary>
    /// <param name="auth">Where to log in.</param>
    /// <param name="tokens">Where to renew.</param>
    /// <param name="options">As whom.</param>
    /// <param name="clock">For leases and pauses; the system's unless given.</param>
    /// <param name="logger">Told of logins and of what is in their way.</param>
    public VaultSession(
        IKubernetesAuth auth,
        IVaultTokens tokens,
        KubernetesLoginOptions options,
        TimeProvider? clock = null,
        ILogger<VaultSession>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(auth);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(options);
        VaultPath.EncodeName(options.Role, nameof(options));
        _auth = auth;
        _tokens = tokens;
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _logger = logger ?? NullLogger<VaultSession>.Instance;
    }

    /// <summary>Whether there is a token that has not ended.</summary>
    public bool IsLoggedIn => Volatile.Read(ref _lease) is { } lease && _clock.GetUtcNow() < lease.ExpiresAt;

    /// <summary>When the token is to be asked for again, to be renewed or after a failure: for those who keep it alive by themselves.</summary>
    public DateTimeOffset DueAt
    {
        get
        {
            lock (_gate)
            {
                var due = _lease?.RenewAt ?? DateTimeOffset.MinValue;
                return _notBefore > due ? _notBefore : due;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<VaultToken> GetTokenAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _lease) is { } lease && _clock.GetUtcNow() < lease.RenewAt
            ? ValueTask.FromResult(lease.Token)
            : new ValueTask<VaultToken>(RefreshedAsync(cancellationToken));

    /// <inheritdoc />
    public async ValueTask<bool> ReplaceAsync(VaultToken refused, bool isUnknown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        if (Volatile.Read(ref _lease) is { } lease)
        {
            if (lease.Token != refused)
            {
                return true;
            }

            if (!isUnknown && await IsGoodAsync(lease, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (Drop(lease))
            {
                _logger.LogInformation("Vault does not know the token {Accessor} any more: logging in anew", lease.Accessor);
            }
        }

        await RefreshedAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Renews the token whenever it is due, and logs in anew when that fails, until cancelled. Never throws otherwise.</summary>
    public async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await GetTokenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (VaultException)
            {
                // Told already, by whoever was first to ask; tried again below.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var wait = DueAt - _clock.GetUtcNow();

            // Timers count 2^32 milliseconds; a token that lives for ever is looked at now and then all the same.
            wait = wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
            try
            {
                await Task.Delay(wait, _clock, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Ends the token, if there is one: for a process that is told to stop. Failure is no error: the lease ends by itself.</summary>
    public async Task LogoutAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _lease) is not { } lease || !Drop(lease))
        {
            return;
        }

        try
        {
            await _tokens.RevokeSelfAsync(lease.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (VaultException e)
        {
            _logger.LogDebug("The token {Accessor} was not revoked: {Reason}", lease.Accessor, e.Message);
        }
    }

    /// <summary>Ends what is under way. The token is left to end by itself.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private bool Drop(SessionLease lease)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_lease, lease))
            {
                return false;
            }

            _lease = null;
            return true;
        }
    }

    // A refusal may mean the token or the path. Vault tells them apart only in newer versions; the token's look at itself tells in all.
    private async Task<bool> IsGoodAsync(SessionLease lease, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (now >= lease.ExpiresAt)
        {
            return false;
        }

        if (now - lease.KnownGoodAt < TrustedFor)
        {
            return true;
        }

        try
        {
            await _tokens.LookupSelfAsync(lease.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (VaultException e)
        {
            return e.Kind != VaultErrorKind.Forbidden;
        }

        lock (_gate)
        {
            if (ReferenceEquals(_lease, lease))
            {
                _lease = lease with { KnownGoodAt = now };
            }
        }

        return true;
    }

    private async Task<VaultToken> RefreshedAsync(CancellationToken cancellationToken)
    {
        Task<SessionLease> refreshing;
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            if (_lease is { } lease && (now < lease.RenewAt || (now < _notBefore && now < lease.ExpiresAt)))
            {
                return lease.Token;
            }

            // Thousands of callers that each retry must not become thousands of logins.
            if (_failure is { } failure && now < _notBefore)
            {
                throw Again(failure, _notBefore - now);
            }

            refreshing = _refreshing ??= RefreshAsync(_lease, _disposed.Token);
        }

        // The one who gives up gives up for itself, not for all.
        return (await refreshing.WaitAsync(cancellationToken).ConfigureAwait(false)).Token;
    }

    private async Task<SessionLease> RefreshAsync(SessionLease? old, CancellationToken cancellationToken)
    {
        // Not in the caller's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var lease = await RenewAsync(old, cancellationToken).ConfigureAwait(false) ?? await LoginAsync(cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                (_lease, _refreshing, _failure, _failures, _notBefore) = (lease, null, null, 0, DateTimeOffset.MinValue);
            }

            return lease;
        }
        catch (VaultException e)
        {
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                var pause = _options.FirstPause * Math.Pow(2, Math.Min(_failures, 10));
                pause = e.RetryAfter > pause ? e.RetryAfter.Value : pause < LongestPause ? pause : LongestPause;
                (_refreshing, _failure, _failures, _notBefore) = (null, e, _failures + 1, now + pause);

                // Running on an old token is better than not running; the next one to ask after the pause tries again.
                if (_lease is { } lease && ReferenceEquals(lease, old) && now < lease.ExpiresAt)
                {
                    _logger.LogWarning("The Vault token could not be renewed and is good until {ExpiresAt:O}: {Reason}", lease.ExpiresAt, e.Message);
                    return lease;
                }
            }

            _logger.LogWarning("No login to Vault as {Role}: {Reason}", _options.Role, e.Message);
            throw;
        }
        catch
        {
            lock (_gate)
            {
                _refreshing = null;
            }

            throw;
        }
    }

    // Null: log in instead.
    private async Task<SessionLease?> RenewAsync(SessionLease? old, CancellationToken cancellationToken)
    {
        var since = _clock.GetUtcNow();
        if (old is not { IsRenewable: true } || since >= old.ExpiresAt)
        {
            return null;
        }

        try
        {
            var renewal = await _tokens.RenewSelfAsync(token: old.Token, cancellationToken: cancellationToken).ConfigureAwait(false);
            _logger.LogDebug("Vault renewed the token {Accessor} for {Seconds} s", old.Accessor, renewal.LeaseDuration.TotalSeconds);
            return old.Renewed(renewal, since, Random.Shared.NextDouble());
        }
        catch (VaultException e) when (!e.IsTransient)
        {
            _logger.LogInformation("Vault does not renew the token {Accessor}, logging in anew: {Reason}", old.Accessor, e.Message);
            return null;
        }
    }

    private async Task<SessionLease> LoginAsync(CancellationToken cancellationToken)
    {
        var token = await ReadTokenFileAsync(cancellationToken).ConfigureAwait(false);
        var since = _clock.GetUtcNow();
        var login = await _auth.LoginAsync(_options.Role, token, cancellationToken).ConfigureAwait(false);
        _logger.LogInformation("Logged in to Vault as {Role}: token {Accessor}, for {Seconds} s", _options.Role, login.Accessor, login.LeaseDuration.TotalSeconds);
        return SessionLease.Of(login, since, Random.Shared.NextDouble());
    }

    private async Task<SecretValue> ReadTokenFileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = (await File.ReadAllTextAsync(_options.TokenFile, cancellationToken).ConfigureAwait(false)).Trim();
            return text.Length > 0
                ? new SecretValue(text)
                : throw new VaultException(VaultErrorKind.NoCredentials, $"the service account's token file {_options.TokenFile} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(
                VaultErrorKind.NoCredentials,
                $"the service account's token file {_options.TokenFile} cannot be read: {e.Message} Check that the pod mounts a projected service account token there.",
                e);
        }
    }

    private static VaultException Again(VaultException failure, TimeSpan wait) =>
        new(failure.Kind, failure.Message, failure)
        {
            StatusCode = failure.StatusCode,
            Method = failure.Method,
            Path = failure.Path,
            Errors = failure.Errors,
            RetryAfter = wait,
        };
}
