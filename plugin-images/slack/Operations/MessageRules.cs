using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>What all messages have in common.</summary>
internal static class MessageRules
{
    /// <summary>The longest text that Slack does not cut off.</summary>
    public const int LongestText = 40_000;

    /// <summary>How many blocks Slack takes.</summary>
    public const int MostBlocks = 50;

    /// <summary>What is wrong with text and blocks together.</summary>
    public static IEnumerable<ValidationResult> Validate(string? text, IReadOnlyList<JsonElement>? blocks)
    {
        if (string.IsNullOrEmpty(text) && blocks is not { Count: > 0 })
        {
            yield return new ValidationResult("A message needs text or blocks.", ["Text"]);
        }

        if (blocks?.Any(static block => block.ValueKind != JsonValueKind.Object || !block.TryGetProperty("type", out _)) ?? false)
        {
            yield return new ValidationResult("Each block must be an object with a type.", ["Blocks"]);
        }
    }
}
