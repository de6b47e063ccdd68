using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Hosting;

namespace DotMac.Plugins.Sdk.Mounted;

/// <summary>Reads what the operator and Vault's agent mounted. A reference's path has been checked by its parser: it stays inside its directory.</summary>
internal sealed class MountedFiles(PluginEnvironment environment)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The directories to watch.</summary>
    public IReadOnlyList<string> Directories => [environment.ConfigDirectory, environment.SecretsDirectory, environment.VaultSecretsDirectory];

    /// <summary>Where the config is.</summary>
    public string ConfigPath => Path.Combine(environment.ConfigDirectory, Mounts.ConfigFileName);

    /// <summary>Where the callers are.</summary>
    public string CallersPath => Path.Combine(environment.ConfigDirectory, Mounts.CallersFileName);

    /// <summary>The config's bytes; null when there is no such file.</summary>
    public byte[]? ReadConfig() => Read(ConfigPath);

    /// <summary>The callers' bytes; null when there is no such file.</summary>
    public byte[]? ReadCallers() => Read(CallersPath);

    /// <summary>A reference's value as it is mounted now.</summary>
    public ReferenceValue Lookup(ConfigReference reference)
    {
        try
        {
            return reference.Kind switch
            {
                ReferenceKind.Vault => LookupVault(reference),
                ReferenceKind.Secret => LookupSecret(reference),
                _ => environment.Get(reference.Key) is string value
                    ? ReferenceValue.Found(value)
                    : ReferenceValue.Missing($"the container has no environment variable {reference.Key}; set it in the pod's template."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ReferenceValue.Missing($"its file cannot be read ({exception.GetType().Name}); check its mode and the pod's user.");
        }
        catch (DecoderFallbackException)
        {
            return ReferenceValue.Missing("its file is not UTF-8 text.");
        }
    }

    private ReferenceValue LookupVault(ConfigReference reference)
    {
        string path = Path.Combine(environment.VaultSecretsDirectory, VaultSecretName.For(reference.Path));
        if (Read(path) is not byte[] bytes)
        {
            return ReferenceValue.Missing(
                $"{path} does not exist (yet); check that the secret exists in Vault and that the pod has Vault's agent.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind != JsonValueKind.Object ? ReferenceValue.Missing($"{path} is not a JSON object of key and value.")
                : !document.RootElement.TryGetProperty(reference.Key, out JsonElement value)
                    ? ReferenceValue.Missing($"the secret has no key {reference.Key}; write it to Vault.")
                : value.ValueKind switch
                {
                    JsonValueKind.String => ReferenceValue.Found(value.GetString()!),
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => ReferenceValue.Found(value.GetRawText()),
                    _ => ReferenceValue.Missing($"the key {reference.Key} is not a string, a number or a boolean in Vault."),
                };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ReferenceValue.Missing($"{path} is not a JSON object of key and value.");
        }
    }

    // The bytes are the value, a newline at the end included: whoever made the Secret decided what it holds.
    private ReferenceValue LookupSecret(ConfigReference reference) =>
        Read(Path.Combine(environment.SecretsDirectory, reference.Path, reference.Key)) is byte[] bytes
            ? ReferenceValue.Found(StrictUtf8.GetString(bytes))
            : ReferenceValue.Missing($"the Secret {reference.Path} or its key {reference.Key} is not mounted (yet); check that both exist.");

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
