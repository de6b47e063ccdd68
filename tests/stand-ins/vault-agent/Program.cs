using System.Runtime.InteropServices;
using DotMac.StandIns.VaultAgent;
using DotMac.StandIns.VaultAgent.Configuration;

if (CommandLine.Parse(args) is not { } commandLine)
{
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 1;
}

AgentConfiguration configuration;
try
{
    configuration = AgentConfigurationReader.Read(await File.ReadAllTextAsync(commandLine.ConfigFile), Environment.GetEnvironmentVariable);
    configuration = commandLine.ExitAfterAuth ? configuration with { ExitAfterAuth = true } : configuration;
}
catch (Exception e) when (e is AgentConfigurationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"Error loading configuration from {commandLine.ConfigFile}: {e.Message}");
    return 1;
}

using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    return await new VaultAgent(configuration, TimeProvider.System, new ConsoleLogger(Console.Error, commandLine.LogLevel)).RunAsync(stop.Token);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"Error loading configuration from {commandLine.ConfigFile}: {e.Message}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
