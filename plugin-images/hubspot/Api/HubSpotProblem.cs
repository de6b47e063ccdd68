namespace DotMac.Plugins.HubSpot.Api;

/// <summary>One thing that is wrong, out of an error.</summary>
/// <param name="Property">With which property; null when that is not said.</param>
/// <param name="In">Where in the request, in HubSpot's words; null when that is not said.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Code">HubSpot's code, such as <c>INVALID_EMAIL</c>.</param>
internal sealed record HubSpotProblem(string? Property, string? In, string Message, string? Code);
