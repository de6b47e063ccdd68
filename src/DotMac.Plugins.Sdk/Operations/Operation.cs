namespace DotMac.Plugins.Sdk.Operations;

/// <summary>One operation, however it was declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="RequestType">What the body is read into; null when it takes none.</param>
/// <param name="ResponseType">What it answers; null when nothing.</param>
/// <param name="InvokeAsync">Does it.</param>
internal sealed record Operation(
    string Name,
    string Description,
    Type? RequestType,
    Type? ResponseType,
    Func<object?, PluginContext, CancellationToken, Task<object?>> InvokeAsync);
