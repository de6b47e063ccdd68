using System.Globalization;
using DotMac.StandIns.VaultAgent.Configuration;
using DotMac.StandIns.VaultAgent.Files;
using DotMac.StandIns.VaultAgent.Templates;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Sessions;
using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.VaultAgent;

/// <summary>Logs in, stays logged in, writes the token to its sinks and secrets to files, again and again.</summary>
internal sealed class VaultAgent(AgentConfiguration configuration, TimeProvider clock, ILogger<VaultSession> logger)
{
    // The real agent's: login backs off 1 s to 5 min, templates 250 ms to 1 min and, if told to, give up after 12 tries.
    private const int MaximumTries = 12;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private volatile bool _isResting;

    /// <summary>Whether it has done what there was to do and waits: how tests know that the clock may move.</summary>
    public bool IsResting => _isResting;

    /// <summary>Runs until cancelled, or until done when it is to exit after the first round.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (configuration.PidFile is { } pidFile)
            {
                AtomicFile.Write(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), (UnixFileMode)420, createDirectories: true);
            }

            using var vault = VaultClient.WithKubernetesLogin(configuration.Vault, configuration.Login, clock, logger);
            return await RunAsync(vault, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            if (configuration.PidFile is { } pidFile)
            {
                File.Delete(pidFile);
            }
        }
    }

    private static async Task<string> TextAsync(TemplateConfiguration template, CancellationToken cancellationToken) =>
        template.Contents ?? await File.ReadAllTextAsync(template.Source!, cancellationToken);

    private static async Task<VaultToken?> TokenAsync(VaultSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await session.GetTokenAsync(cancellationToken);
        }
        catch (VaultException)
        {
            // Told by the session; it says when to try again.
            return null;
        }
    }

    private async Task<int> RunAsync(VaultClient vault, CancellationToken cancellationToken)
    {
        VaultToken? written = null;
        var failures = 0;
        var due = configuration.Templates.ToDictionary(static t => t, _ => DateTimeOffset.MinValue);
        while (true)
        {
            var token = await TokenAsync(vault.Session!, cancellationToken);
            if (token is not null)
            {
                written = Sink(token, written);
                var failed = false;
                foreach (var template in configuration.Templates.Where(t => due[t] <= clock.GetUtcNow()))
                {
                    var isRendered = await RenderAsync(template, new SecretReader(vault), cancellationToken);
                    failed |= !isRendered;
                    due[template] = isRendered ? clock.GetUtcNow() + configuration.RenderInterval : DateTimeOffset.MinValue;
                }

                if (!failed && configuration.ExitAfterAuth)
                {
                    return 0;
                }

                failures = failed ? failures + 1 : 0;
                if (failures >= MaximumTries && configuration.ExitOnRetryFailure)
                {
                    logger.LogError("Giving up after {Tries} tries", failures);
                    return 1;
                }
            }

            var resting = Task.Delay(Wait(vault.Session!, failures, due.Values), clock, cancellationToken);
            _isResting = true;
            await resting;
            _isResting = false;
        }
    }

    private TimeSpan Wait(VaultSession session, int failures, IEnumerable<DateTimeOffset> due)
    {
        var now = clock.GetUtcNow();
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, 20) - 1);
        var rendering = failures > 0 ? now + (pause < LongestPause ? pause : LongestPause) : due.DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var next = session.DueAt < rendering || !session.IsLoggedIn ? session.DueAt : rendering;
        return next <= now + FirstPause ? FirstPause : next - now < TimeSpan.FromDays(1) ? next - now : TimeSpan.FromDays(1);
    }

    private VaultToken? Sink(VaultToken token, VaultToken? written)
    {
        if (token == written)
        {
            return written;
        }

        try
        {
            foreach (var sink in configuration.Sinks)
            {
                AtomicFile.Write(sink.Path, token.Reveal(), sink.Mode, createDirectories: true);
                logger.LogInformation("Token written to {Path}", sink.Path);
            }

            return token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogError("The token was not written: {Reason}", e.Message);
            return null;
        }
    }

    private async Task<bool> RenderAsync(TemplateConfiguration template, SecretReader secrets, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = TemplateParser.Parse(await TextAsync(template, cancellationToken), template.LeftDelimiter, template.RightDelimiter);
            var text = await new TemplateRenderer(secrets.ReadAsync, template.ErrorOnMissingKey).RenderAsync(nodes, cancellationToken);
            if (AtomicFile.Write(template.Destination, text, template.Mode, template.CreateDirectories))
            {
                logger.LogInformation("Rendered {Destination}", template.Destination);
            }

            return true;
        }
        catch (Exception e) when (e is VaultException or TemplateException or IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            // FormatException: what a template took for base64. Its message holds nothing of it.
            logger.LogWarning("{Destination} was not rendered: {Reason}", template.Destination, e is FormatException ? "a value is not base64" : e.Message);
            return false;
        }
    }
}
