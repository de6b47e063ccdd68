using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>An input that was not done.</summary>
/// <param name="Index">Which input, from 0; null when HubSpot's answer does not tell.</param>
/// <param name="Category">HubSpot's word for what is wrong, such as <c>VALIDATION_ERROR</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="ExistingId">The object that is in the way, for a <c>CONFLICT</c>.</param>
/// <param name="Errors">Which fields of the request.</param>
public sealed record BatchFailure(int? Index, string? Category, string Message, string? ExistingId, IReadOnlyList<FieldProblem> Errors);
