using System.Text.Json;

namespace DotMac.Plugins.Contract.Operations;

/// <summary>One operation of a plugin.</summary>
/// <param name="Name">Its name in the URL, such as <c>send_sms</c>.</param>
/// <param name="Description">What it does, for a person.</param>
/// <param name="RequestSchema">The JSON schema of the request's body; null when it takes none.</param>
/// <param name="ResponseSchema">The JSON schema of the answer; null when it gives none.</param>
public sealed record OperationDescriptor(
    string? Name = null, string? Description = null, JsonElement? RequestSchema = null, JsonElement? ResponseSchema = null);
