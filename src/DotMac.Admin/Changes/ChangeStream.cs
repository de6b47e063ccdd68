using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DotMac.Admin.Access;
using DotMac.Admin.Callers;
using DotMac.Admin.Json;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Changes;

/// <summary>The change stream: server-sent events, as long as the caller's token and rights last.</summary>
internal sealed class ChangeStream(ChangeFeed feed, AdminCaches caches, AccessGuard guard, ITokenReviewer tokens, IHostApplicationLifetime lifetime)
{
    /// <summary>How long nothing may be heard; who hears nothing for twice that should connect anew.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>The events.</summary>
    /// <param name="caller">Who listens.</param>
    /// <param name="tenant">Whose plugins; null for all that the caller may see.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Caller caller, string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var visible = await guard.VisibleAsync(caller, stop.Token);
        bool Wanted(TenantPlugin plugin) =>
            visible?.Contains(plugin.Metadata.Namespace!) != false
            && caches.TenantOf(plugin.Metadata.Namespace) is { } of
            && (tenant is null || of == tenant);
        var isComplete = false;
        await using var batches = feed.ReadAsync(Wanted, Heartbeat, stop.Token).GetAsyncEnumerator(stop.Token);
        while (await NextAsync(batches))
        {
            foreach (var change in batches.Current)
            {
                yield return Item(change);
            }

            if (batches.Current.Count == 0)
            {
                yield return new SseItem<string>("{}", isComplete ? "heartbeat" : "complete") { ReconnectionInterval = TimeSpan.FromSeconds(2) };
                isComplete = true;
            }

            // Rights that were taken away end what was begun with them; rights that were given show with the next connection.
            if (await StillAsync(caller, visible, stop.Token) is { } why)
            {
                yield return new SseItem<string>("{}", why);
                yield break;
            }
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<IReadOnlyList<PluginChange>> batches)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<string?> StillAsync(Caller caller, IReadOnlySet<string>? visible, CancellationToken cancellationToken)
    {
        try
        {
            if (await tokens.ReviewAsync(caller.RevealToken(), cancellationToken) is null)
            {
                return "signed_out";
            }

            var now = await guard.VisibleAsync(caller, cancellationToken);
            return now is null == visible is null && (now is null || now.SetEquals(visible!)) ? null : "rights_changed";
        }
        catch (ProblemException)
        {
            // Who cannot be asked has not said no; it is asked again with the next event.
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private SseItem<string> Item(PluginChange change)
    {
        var line = PluginViews.Line(change.Plugin, caches.TenantOf(change.Plugin.Metadata.Namespace) ?? change.Plugin.Status?.Tenant ?? string.Empty);
        return new SseItem<string>(JsonSerializer.Serialize(line, AdminJson.Of<Installation>()), change.IsRemoved ? "removed" : "status")
        {
            EventId = change.Plugin.Metadata.ResourceVersion,
        };
    }
}
