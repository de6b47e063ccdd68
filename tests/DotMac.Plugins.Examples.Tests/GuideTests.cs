using System.Text.RegularExpressions;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>The code in docs/plugin-authors.md is the code that is compiled and tested.</summary>
public sealed partial class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugin-authors.md"));

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (Match block in Block().Matches(Guide))
            {
                blocks.Add(block.Groups["file"].Value, block.Groups["code"].Value);
            }

            return blocks;
        }
    }

    [Fact]
    public void EveryFileOfTheExamplesStandsInTheGuide()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "examples"), "*.*", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Root, file))
            .Where(static file => Path.GetExtension(file) is ".cs" or ".mjs" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))];

        Block().Matches(Guide).Select(static block => block.Groups["file"].Value).Should().Contain(files).And.HaveCount(files.Length + 1);
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void TheCodeInTheGuideIsThatOfTheFile(string file, string code)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, file)).Trim();
        if (source.Contains("// guide: begin", StringComparison.Ordinal))
        {
            string region = source[(source.IndexOf("// guide: begin", StringComparison.Ordinal) + "// guide: begin".Length)..source.IndexOf("    // guide: end", StringComparison.Ordinal)];
            source = Indentation().Replace(region, "").Trim();
        }

        code.Trim().Should().Be(source, "{0} is what the guide shows", file);
    }

    [GeneratedRegex(@"<!-- (?<file>\S+) -->\n```\w+\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^    ", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}
