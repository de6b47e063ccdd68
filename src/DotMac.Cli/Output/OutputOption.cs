using System.CommandLine;

namespace DotMac.Cli.Output;

/// <summary>The option that says how something is printed.</summary>
internal static class OutputOption
{
    private static readonly string[] Words = ["table", "wide", "json", "yaml", "name"];

    /// <summary>Makes it.</summary>
    public static Option<OutputFormat> Create() => new("--output", "-o")
    {
        Description = $"How it is printed: {string.Join(", ", Words)}. Default: table",
        HelpName = string.Join('|', Words),
        CustomParser = static result =>
        {
            var word = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (Array.IndexOf(Words, word) is var at and >= 0)
            {
                return (OutputFormat)at;
            }

            result.AddError($"--output: '{word}' is not known; write one of {string.Join(", ", Words)}");
            return OutputFormat.Table;
        },
    };
}
