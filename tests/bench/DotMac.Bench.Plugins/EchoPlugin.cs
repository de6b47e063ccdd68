using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Operations;

namespace DotMac.Bench.Plugins;

/// <summary>A plugin with one operation that does nothing.</summary>
public sealed class EchoPlugin : BasePlugin
{
    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("echo", "Echo", "1.0.0");

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
    }

    /// <summary>Echoes.</summary>
    [PluginOperation("echo", Description = "Echoes.")]
    public Task<EchoAnswer> EchoAsync(EchoRequest request) => Task.FromResult(new EchoAnswer(request.Text, request.Count));
}
