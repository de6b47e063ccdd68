using Xunit;

namespace DotMac.Testing.Cluster;

/// <summary>
/// One control plane for all tests of an assembly. Each assembly declares a collection that has it:
/// <c>[CollectionDefinition(Name)] public sealed class ClusterCollection : ICollectionFixture&lt;ControlPlaneFixture&gt;</c>.
/// </summary>
public class ControlPlaneFixture : IAsyncLifetime
{
    private readonly ControlPlaneOptions _options;
    private ControlPlane? _controlPlane;

    public ControlPlaneFixture()
        : this(new ControlPlaneOptions())
    {
    }

    protected ControlPlaneFixture(ControlPlaneOptions options) => _options = options;

    /// <summary>It, once it has started.</summary>
    public ControlPlane ControlPlane => _controlPlane ?? throw new InvalidOperationException("the control plane has not started");

    public async Task InitializeAsync() => _controlPlane = await ControlPlane.StartAsync(_options);

    public async Task DisposeAsync()
    {
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }
}
