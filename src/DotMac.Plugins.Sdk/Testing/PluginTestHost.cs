using System.Globalization;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DotMac.Plugins.Sdk.Testing;

/// <summary>
/// Runs a plugin in the test's process as a container would: real HTTP on a loopback port, mounted files in a directory of its own.
/// </summary>
public sealed class PluginTestHost : IAsyncDisposable
{
    private readonly string _root;
    private readonly WebApplication _app;
    private readonly StringWriter _log = new(CultureInfo.InvariantCulture);
    private readonly TextWriter _synchronizedLog;
    private readonly MountedVolume _config;
    private readonly Dictionary<string, MountedVolume> _secrets = new(StringComparer.Ordinal);

    private PluginTestHost(BasePlugin plugin, PluginTestHostOptions options)
    {
        _root = Directory.CreateTempSubdirectory("dotmac-plugin-").FullName;
        _synchronizedLog = TextWriter.Synchronized(_log);
        _config = new MountedVolume(ConfigDirectory);
        Directory.CreateDirectory(SecretsDirectory);
        Directory.CreateDirectory(VaultSecretsDirectory);
        Write(options);
        var environment = new Dictionary<string, string>(options.Environment)
        {
            [EnvironmentNames.Tenant] = options.Tenant,
            [EnvironmentNames.ConfigDirectory] = ConfigDirectory,
            [EnvironmentNames.SecretsDirectory] = SecretsDirectory,
            [EnvironmentNames.VaultSecretsDirectory] = VaultSecretsDirectory,
            [EnvironmentNames.Reload] = options.Reload.ToString(),
            [EnvironmentNames.AllowAnonymousCallers] = options.RequireCallers ? "false" : "true",
        };
        if (options.PublicUrl is not null)
        {
            environment[EnvironmentNames.PublicUrl] = options.PublicUrl.AbsoluteUri;
        }

        _app = PluginHost.Create(plugin, new PluginHostOptions
        {
            Url = "http://127.0.0.1:0",
            Environment = environment.GetValueOrDefault,
            LogOutput = _synchronizedLog,
            LameDuckTime = options.LameDuckTime,
            TroubledInterval = options.TroubledInterval,
            DrainTime = options.DrainTime,
            PollInterval = options.PollInterval,
            TimeProvider = options.TimeProvider,
            RetryDelay = TimeSpan.FromMilliseconds(20),
        });
        Tenant = options.Tenant;
    }

    /// <summary>The tenant.</summary>
    public string Tenant { get; }

    /// <summary>A client of the plugin that names its tenant.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>Everything that was logged up to now, one JSON object a line.</summary>
    public string Log
    {
        get
        {
            // The synchronized writer locks itself.
            lock (_synchronizedLog)
            {
                return _log.ToString();
            }
        }
    }

    private string ConfigDirectory => Path.Combine(_root, "config");

    private string SecretsDirectory => Path.Combine(_root, "secrets");

    private string VaultSecretsDirectory => Path.Combine(_root, "vault");

    /// <summary>Starts a plugin. It listens when the task ends, but need not be ready.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="options">What it finds.</param>
    /// <returns>The host.</returns>
    public static async Task<PluginTestHost> StartAsync(BasePlugin plugin, PluginTestHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(options);
        var host = new PluginTestHost(plugin, options);
        await host._app.StartAsync();
        host.Client.BaseAddress = new Uri(host._app.Urls.First());
        host.Client.DefaultRequestHeaders.Add(ContractHeaders.Tenant, options.Tenant);
        return host;
    }

    /// <summary>Waits until the plugin is ready.</summary>
    /// <param name="limit">How long at most; null: 20 seconds.</param>
    /// <returns>A task that ends when it is ready.</returns>
    /// <exception cref="TimeoutException">It did not become ready; the message says why.</exception>
    public Task WaitUntilReadyAsync(TimeSpan? limit = null) => WaitForAsync(ContractPaths.Readyz, response => response.IsSuccessStatusCode, limit);

    /// <summary>Asks a path again and again until the answer is as wanted.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wanted">Whether the answer is as wanted; it may read the body, which is buffered.</param>
    /// <param name="limit">How long at most; null: 20 seconds.</param>
    /// <returns>The body of the wanted answer.</returns>
    /// <exception cref="TimeoutException">It did not come; the message holds the last body.</exception>
    public async Task<string> WaitForAsync(string path, Func<HttpResponseMessage, bool> wanted, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        using CancellationTokenSource end = new(limit ?? TimeSpan.FromSeconds(20));
        string body = "";
        while (!end.IsCancellationRequested)
        {
            using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
            body = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (wanted(response))
            {
                return body;
            }

            await Task.Delay(10, CancellationToken.None);
        }

        throw new TimeoutException($"{path} did not answer as wanted. Its last answer: {body}");
    }

    /// <summary>Changes <c>plugin.json</c> as the kubelet does.</summary>
    /// <param name="json">The new content.</param>
    public void WriteConfig(string json) => _config.Write(Mounts.ConfigFileName, json);

    /// <summary>Changes <c>callers.json</c> as the kubelet does.</summary>
    /// <param name="json">The new content.</param>
    public void WriteCallers(string json) => _config.Write(Mounts.CallersFileName, json);

    /// <summary>Changes a key of a Kubernetes Secret as the kubelet does.</summary>
    /// <param name="secret">The Secret's name.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void WriteSecret(string secret, string key, string value)
    {
        if (!_secrets.TryGetValue(secret, out MountedVolume? volume))
        {
            volume = new MountedVolume(Path.Combine(SecretsDirectory, secret));
            _secrets.Add(secret, volume);
        }

        volume.Write(key, value);
    }

    /// <summary>Changes a secret as Vault's agent does: one rename over the old file.</summary>
    /// <param name="path">The path of the reference.</param>
    /// <param name="values">Key and value.</param>
    public void WriteVaultSecret(string path, IReadOnlyDictionary<string, string> values)
    {
        string file = Path.Combine(VaultSecretsDirectory, VaultSecretName.For(path));
        string temporary = Path.Combine(_root, "vault.tmp");
        File.WriteAllText(temporary, JsonSerializer.Serialize(values));
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>Does what SIGTERM does. Ends when the plugin has stopped.</summary>
    /// <returns>A task that ends when the plugin has stopped.</returns>
    public Task StopAsync() => _app.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _synchronizedLog.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private void Write(PluginTestHostOptions options)
    {
        if (options.Config is not null)
        {
            WriteConfig(options.Config);
        }

        if (options.Callers is not null)
        {
            WriteCallers(options.Callers);
        }

        foreach ((string path, Dictionary<string, string> values) in options.VaultSecrets)
        {
            WriteVaultSecret(path, values);
        }

        foreach ((string secret, Dictionary<string, string> values) in options.Secrets)
        {
            foreach ((string key, string value) in values)
            {
                WriteSecret(secret, key, value);
            }
        }
    }
}
