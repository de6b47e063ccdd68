using DotMac.Admin.Tenants;

namespace DotMac.Admin.Ui.Live;

/// <summary>Hands on of which plugins something was told.</summary>
internal sealed class EventFeed
{
    public EventFeed(AdminCaches caches) => caches.Events.Subscribe(change =>
    {
        if (change.Object.InvolvedObject?.Uid is { } uid)
        {
            Told?.Invoke(uid);
        }
    });

    /// <summary>Given the uid of a plugin; must return at once.</summary>
    public event Action<string>? Told;
}
