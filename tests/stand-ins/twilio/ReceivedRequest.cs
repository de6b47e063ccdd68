namespace DotMac.StandIns.Twilio;

/// <summary>A request as it came, without its credentials.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Form">The form's fields.</param>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Form);
