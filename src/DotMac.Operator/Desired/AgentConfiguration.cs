using System.Globalization;
using System.Text;
using System.Text.Json;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.References;

namespace DotMac.Operator.Desired;

/// <summary>
/// The configuration of the agent that the operator adds itself, in the JSON form that Vault's own agent reads. Pure; no secret is in it.
/// https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent
/// </summary>
internal static class AgentConfiguration
{
    /// <summary>What the rendered files may be used for: read by the plugin's own user and group.</summary>
    public const string Permissions = "0440";

    /// <summary>Where the agent finds the token to log in with.</summary>
    public const string TokenDirectory = "/var/run/secrets/vault.hashicorp.com/serviceaccount";

    /// <summary>Where the agent finds the authority that vouches for Vault.</summary>
    public const string TlsDirectory = "/vault/tls";

    /// <summary>The authority's file there; the injector mounts the same Secret at the same place.</summary>
    public const string AuthorityFile = $"{TlsDirectory}/ca.crt";

    private static readonly JsonWriterOptions Written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The configuration.</summary>
    /// <param name="inputs">The plugin.</param>
    /// <param name="once">Whether the agent ends when everything is rendered: that of the init container does.</param>
    public static string Of(DesiredInputs inputs, bool once)
    {
        var vault = inputs.Options.Vault;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Written))
        {
            json.WriteStartObject();
            json.WriteBoolean("exit_after_auth", once);
            json.WriteString("pid_file", "/home/vault/pid");

            json.WriteStartObject("vault");
            if (vault.Address is { } address)
            {
                json.WriteString("address", address.AbsoluteUri.TrimEnd('/'));
            }

            if (vault.TlsSecret is not null)
            {
                json.WriteString("ca_cert", AuthorityFile);
            }

            json.WriteEndObject();

            json.WriteStartObject("auto_auth");
            json.WriteStartObject("method");
            json.WriteString("type", "kubernetes");
            json.WriteString("mount_path", $"auth/{VaultNames.AuthMount(inputs.VaultAuthPath)}");
            if (vault.Namespace is { } ns)
            {
                json.WriteString("namespace", ns);
            }

            json.WriteStartObject("config");
            json.WriteString("role", inputs.VaultRole);
            json.WriteString("token_path", $"{TokenDirectory}/token");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();

            // Vault away for a while is no reason to take a plugin down that has its secrets.
            json.WriteStartObject("template_config");
            json.WriteString("static_secret_render_interval", Seconds(vault.RenderInterval));
            json.WriteBoolean("exit_on_retry_failure", false);
            json.WriteEndObject();

            json.WriteStartArray("template");
            foreach (var path in inputs.VaultPaths)
            {
                json.WriteStartObject();
                json.WriteString("contents", Template(DataPath(inputs, path)));
                json.WriteString("destination", FileOf(path));
                json.WriteString("perms", Permissions);
                json.WriteBoolean("error_on_missing_key", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The file that a secret is rendered to.</summary>
    public static string FileOf(string path) => $"{Mounts.VaultSecretsDirectory}/{VaultSecretName.For(path)}";

    /// <summary>The template that renders a secret as JSON.</summary>
    public static string Template(string full) => $"{{{{- with secret \"{full}\" -}}}}{{{{ .Data.data | toJSON }}}}{{{{- end -}}}}";

    /// <summary>The path of a reference's values in the HTTP API.</summary>
    public static string DataPath(DesiredInputs inputs, string path) =>
        VaultNames.Data(inputs.Options.Vault, VaultNames.Secret(inputs.Options.Vault, inputs.Tenant, path));

    /// <summary>A duration as the agent reads it.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (long)time.TotalSeconds)}s");
}
