namespace DotMac.Plugins.Sdk.Operations;

/// <summary>
/// Makes a public method of a plugin an operation. Its parameters are, each at most once and in any order, the request (a class or record), a
/// <see cref="PluginContext"/> and a <see cref="CancellationToken"/>; it returns a <see cref="Task"/> or a <see cref="Task{TResult}"/>.
/// </summary>
/// <param name="name">The operation's name in the URL: <c>[a-z][a-z0-9_]*</c>, at most 63 characters.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PluginOperationAttribute(string name) : Attribute
{
    /// <summary>The operation's name in the URL.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, for people.</summary>
    public string Description { get; set; } = "";
}
