using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>
/// One control plane for all classes of tests, which run beside each other, each test in a namespace and behind a proxy of its own: most
/// of their time is waiting. The class that needs it first starts it, and the last one ends it.
/// </summary>
public sealed class SharedControlPlane : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static ControlPlane? s_shared;
    private static int s_users;

    private ControlPlane? _controlPlane;

    /// <summary>It, once it has started.</summary>
    public ControlPlane ControlPlane => _controlPlane ?? throw new InvalidOperationException("the control plane has not started");

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            _controlPlane = s_shared ??= await ControlPlane.StartAsync();
            s_users++;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        if (_controlPlane is null)
        {
            return;
        }

        await Gate.WaitAsync();
        try
        {
            if (--s_users == 0)
            {
                s_shared = null;
                await _controlPlane.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}
