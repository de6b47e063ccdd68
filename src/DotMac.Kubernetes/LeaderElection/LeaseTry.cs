namespace DotMac.Kubernetes.LeaderElection;

/// <summary>What one try to hold the lease came to.</summary>
/// <param name="Sighting">The lease as it is now known.</param>
/// <param name="HeldSince">When it is ours: a moment before the server can have said so. Null when it is not.</param>
/// <param name="Holder">When it is somebody else's: whose.</param>
/// <param name="Left">When it is somebody else's: how long that one may still be silent.</param>
/// <param name="Trouble">When it is not known whose it is: why.</param>
internal readonly record struct LeaseTry(LeaseSighting Sighting, long? HeldSince = null, string? Holder = null, TimeSpan? Left = null, string? Trouble = null);
