namespace DotMac.Plugins.Contract.Operations;

/// <summary>One vendor callback that a plugin takes.</summary>
/// <param name="Name">Its name in the URL.</param>
/// <param name="Description">What the vendor reports with it, for a person.</param>
public sealed record WebhookDescriptor(string? Name = null, string? Description = null);
