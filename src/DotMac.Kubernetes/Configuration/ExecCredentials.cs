using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace DotMac.Kubernetes.Configuration;

/// <summary>
/// A program that prints credentials, as cloud providers ship it. Source of the protocol: <c>client.authentication.k8s.io</c>,
/// versions <c>v1</c> and <c>v1beta1</c>.
/// </summary>
internal sealed class ExecCredentials(ExecConfig config, TimeProvider clock) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1);
    private Answer? _answer;

    public async ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken)
    {
        var answer = Volatile.Read(ref _answer);
        return answer is not null && answer.IsFresh(clock.GetUtcNow())
            ? answer.Token
            : (await RunAsync(cancellationToken).ConfigureAwait(false)).Token;
    }

    // A connection is opened for a request, and the request asked for the token, and so ran the program, before.
    public X509Certificate2? GetCertificate() => Volatile.Read(ref _answer)?.Certificate;

    public bool Invalidate(AuthenticationHeaderValue? rejected)
    {
        var answer = Volatile.Read(ref _answer);
        if (answer is not null && ReferenceEquals(answer.Token, rejected))
        {
            Interlocked.CompareExchange(ref _answer, null, answer);
        }

        return true;
    }

    public void Dispose() => _gate.Dispose();

    internal static Answer Parse(string command, byte[] output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            if (!document.RootElement.TryGetProperty("status", out var status))
            {
                throw new KubernetesConfigurationException($"{command} printed no status; it is not a credential plugin, or it failed quietly");
            }

            var token = Text(status, "token");
            var certificate = Text(status, "clientCertificateData");
            var key = Text(status, "clientKeyData");
            return new Answer(
                token is null ? null : new AuthenticationHeaderValue("Bearer", token),
                certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key),
                DateTimeOffset.TryParse(Text(status, "expirationTimestamp"), System.Globalization.CultureInfo.InvariantCulture, out var expires)
                    ? expires
                    : null);
        }
        catch (JsonException e)
        {
            // Not the output itself: it holds a token.
            throw new KubernetesConfigurationException($"{command} printed something that is not an ExecCredential", e);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<Answer> RunAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_answer is { } other && other.IsFresh(clock.GetUtcNow()))
            {
                return other;
            }

            var start = new ProcessStartInfo(config.Command)
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
            };
            foreach (var argument in config.Arguments)
            {
                start.ArgumentList.Add(argument);
            }

            foreach (var (name, value) in config.Environment)
            {
                start.Environment[name] = value;
            }

            start.Environment["KUBERNETES_EXEC_INFO"] =
                $$$"""{"apiVersion":"{{{config.ApiVersion}}}","kind":"ExecCredential","spec":{"interactive":false}}""";
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Deadline);
            Process process;
            try
            {
                process = Process.Start(start)!;
            }
            catch (Win32Exception e)
            {
                throw new KubernetesConfigurationException(
                    $"the kubeconfig's credential plugin '{config.Command}' cannot be started: {e.Message}. {config.InstallHint}".TrimEnd(), e);
            }

            using (process)
            {
                process.StandardInput.Close();
                using var output = new MemoryStream();
                try
                {
                    await process.StandardOutput.BaseStream.CopyToAsync(output, deadline.Token).ConfigureAwait(false);
                    await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    process.Kill(entireProcessTree: true);
                    cancellationToken.ThrowIfCancellationRequested();
                    throw new KubernetesConfigurationException($"{config.Command} did not finish within {Deadline.TotalSeconds:0} s");
                }

                if (process.ExitCode != 0)
                {
                    throw new KubernetesConfigurationException($"{config.Command} failed with exit code {process.ExitCode}; see its own messages");
                }

                var answer = Parse(config.Command, output.ToArray());
                Volatile.Write(ref _answer, answer);
                return answer;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    internal sealed record Answer(AuthenticationHeaderValue? Token, X509Certificate2? Certificate, DateTimeOffset? Expires)
    {
        public bool IsFresh(DateTimeOffset now) => Expires is null || now < Expires - Early;
    }
}
