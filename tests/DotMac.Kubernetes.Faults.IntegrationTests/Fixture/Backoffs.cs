using DotMac.Kubernetes.Queue;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>How often somebody who keeps to a backoff can have tried.</summary>
internal static class Backoffs
{
    /// <summary>At most so many tries when each fails at once: the first, and one after each wait.</summary>
    public static int MostTries(this ExponentialBackoff backoff, TimeSpan elapsed)
    {
        var tries = 1;
        for (var waited = backoff.Delay(1, 0); waited <= elapsed; waited += backoff.Delay(tries, 0))
        {
            tries++;
        }

        return tries;
    }

    /// <summary>At most so many tries when each brings a little before it fails, so that the waits do not grow.</summary>
    public static int MostTriesWithProgress(this ExponentialBackoff backoff, TimeSpan elapsed) => 1 + (int)(elapsed / backoff.Delay(1, 0));
}
