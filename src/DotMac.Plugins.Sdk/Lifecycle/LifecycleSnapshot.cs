using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Sdk.Lifecycle;

/// <summary>Where the plugin is in its life, and why.</summary>
/// <param name="State">The state.</param>
/// <param name="Detail">Why it is not ready, for a person; empty when it is.</param>
/// <param name="Problems">What is wrong with which field of the config.</param>
/// <param name="Checks">The host's own checks.</param>
internal sealed record LifecycleSnapshot(
    PluginState State, string Detail, IReadOnlyList<FieldProblem> Problems, IReadOnlyList<PluginCheck> Checks);
