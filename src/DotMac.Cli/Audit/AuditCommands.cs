using System.CommandLine;

namespace DotMac.Cli.Audit;

/// <summary><c>dotmac audit</c>.</summary>
internal static class AuditCommands
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal) => new("audit", "What was done to plugins, and whether the record of it is whole.") { Verify(terminal) };

    private static Command Verify(Terminal terminal)
    {
        var path = new Argument<string>("path") { Description = "The audit file that the operator writes, or the directory that it is in" };
        var key = new Option<string?>("--key-file") { Description = "The key that the trail was made with, if it was" };
        var expected = new Option<string?>("--expect-hash") { Description = "The hash of a line that is known from elsewhere, the last one on standard output for example; it must be there" };
        var output = new Option<VerifyFormat>("--output", "-o") { Description = "How to tell: text or json", DefaultValueFactory = static _ => VerifyFormat.Text };
        expected.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
            {
                result.AddError("--expect-hash: a hash is 64 digits of 0-9 and a-f, as in \"hash\" at the end of a line");
            }
        });
        var command = new Command(
            "verify",
            "Finds lines of an audit trail that were cut off, edited, reordered or taken away.\n\n" +
            "Exit code 0: whole; 1: damaged, and each damage is told; 2: it could not be read.")
        {
            path, key, expected, output,
        };
        command.SetAction(parsed => new AuditVerify(terminal).Run(parsed.GetValue(path)!, parsed.GetValue(key), parsed.GetValue(expected), parsed.GetValue(output)));
        return command;
    }
}
