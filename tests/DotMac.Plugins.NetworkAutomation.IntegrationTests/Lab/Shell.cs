using System.Diagnostics;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

internal static class Shell
{
    /// <summary>Runs a program that is expected to succeed, and answers what it wrote.</summary>
    public static string Run(string program, params string[] arguments) => RunWithInput("", program, arguments);

    /// <summary>Runs a program that is expected to succeed, and answers what it wrote.</summary>
    public static string RunWithInput(string input, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
    }
}
