using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Config;

/// <summary>A config with values in the place of references.</summary>
/// <param name="Json">The config; null when there are problems.</param>
/// <param name="Secrets">The secret values that were found, also when there are problems: they must not be logged.</param>
/// <param name="Problems">What could not be resolved.</param>
internal sealed record ResolvedConfig(JsonNode? Json, IReadOnlyList<string> Secrets, IReadOnlyList<FieldProblem> Problems);
