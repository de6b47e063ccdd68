using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Events;

/// <summary>Tells people, through Kubernetes events, what became of an object. Never blocks and never fails.</summary>
public interface IEventRecorder
{
    /// <summary>Tells of something in order.</summary>
    /// <param name="regarding">The object.</param>
    /// <param name="reason">Why, in CamelCase.</param>
    /// <param name="action">What was done, in CamelCase.</param>
    /// <param name="note">For people; cut at 1 kB. Must hold no secret value.</param>
    void Normal(IKubernetesEntity regarding, string reason, string action, string note);

    /// <summary>Tells of something that somebody should look at.</summary>
    /// <param name="regarding">The object.</param>
    /// <param name="reason">Why, in CamelCase.</param>
    /// <param name="action">What was tried, in CamelCase.</param>
    /// <param name="note">For people; cut at 1 kB. Must hold no secret value.</param>
    void Warning(IKubernetesEntity regarding, string reason, string action, string note);
}
