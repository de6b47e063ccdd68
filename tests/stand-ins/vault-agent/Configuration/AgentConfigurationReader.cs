using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DotMac.StandIns.Vault.Hcl;
using DotMac.Vault.Client;
using DotMac.Vault.Sessions;

namespace DotMac.StandIns.VaultAgent.Configuration;

/// <summary>Reads the real agent's configuration, JSON or HCL. What it does not know (listener, cache, telemetry) is left alone.</summary>
internal static partial class AgentConfigurationReader
{
    /// <summary>Reads a configuration.</summary>
    /// <param name="text">JSON or HCL.</param>
    /// <param name="variable">Environment variables: <c>VAULT_ADDR</c> and its kin, which the real agent puts before the file.</param>
    /// <exception cref="AgentConfigurationException">It cannot be used.</exception>
    public static AgentConfiguration Read(string text, Func<string, string?> variable)
    {
        JsonObject root;
        try
        {
            root = HclReader.Read(text);
        }
        catch (HclException e)
        {
            throw new AgentConfigurationException($"the configuration is neither JSON nor HCL: {e.Message}");
        }

        var vault = One(root["vault"]) ?? [];
        var autoAuth = One(root["auto_auth"]) ?? throw new AgentConfigurationException("auto_auth is missing");
        var templates = One(root["template_config"]) ?? [];
        return new AgentConfiguration
        {
            Vault = Vault(vault, variable),
            Login = Login(Typed(autoAuth["method"]).FirstOrDefault(), vault),
            Sinks = [.. Typed(autoAuth["sink"]).Concat(HclReader.Objects(autoAuth["sinks"]).SelectMany(static s => Typed(s["sink"]))).Select(Sink)],
            Templates = [.. HclReader.Objects(root["template"]).Select(Template)],
            ExitAfterAuth = Flag(root["exit_after_auth"]),
            PidFile = Text(root["pid_file"]),
            RenderInterval = Time(templates["static_secret_render_interval"]) ?? TimeSpan.FromMinutes(5),
            ExitOnRetryFailure = Flag(templates["exit_on_retry_failure"]),
        };
    }

    private static VaultClientOptions Vault(JsonObject vault, Func<string, string?> variable)
    {
        var address = Value("VAULT_ADDR", "address") ?? "https://127.0.0.1:8200";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw new AgentConfigurationException($"vault.address '{address}' is no address");
        }

        if (Flag(vault["tls_skip_verify"]) && uri.Scheme == Uri.UriSchemeHttps)
        {
            throw new AgentConfigurationException("this stand-in does not go without verifying Vault's certificate: give vault.ca_cert in place of vault.tls_skip_verify");
        }

        return new VaultClientOptions
        {
            Address = uri,
            Namespace = Value("VAULT_NAMESPACE", "namespace"),
            CertificateAuthorityFile = Value("VAULT_CACERT", "ca_cert"),
            ClientCertificateFile = Value("VAULT_CLIENT_CERT", "client_cert"),
            ClientKeyFile = Value("VAULT_CLIENT_KEY", "client_key"),
            TlsServerName = Value("VAULT_TLS_SERVER_NAME", "tls_server_name"),
        };

        string? Value(string name, string key) => variable(name) is { Length: > 0 } value ? value : Text(vault[key]);
    }

    private static KubernetesLoginOptions Login((string Type, JsonObject Body) method, JsonObject vault)
    {
        if (method.Type != "kubernetes")
        {
            throw new AgentConfigurationException($"auto_auth.method '{method.Type}' is not known to this stand-in: kubernetes alone is");
        }

        var config = One(method.Body["config"]) ?? [];
        var mount = Text(method.Body["mount_path"]) ?? "auth/kubernetes";
        return new KubernetesLoginOptions
        {
            Role = Text(config["role"]) ?? throw new AgentConfigurationException("auto_auth.method.config.role is missing"),
            Mount = mount.StartsWith("auth/", StringComparison.Ordinal) ? mount["auth/".Length..].Trim('/') : mount.Trim('/'),
            Namespace = Text(method.Body["namespace"]) ?? Text(vault["namespace"]),
            TokenFile = Text(config["token_path"]) ?? KubernetesLoginOptions.DefaultTokenFile,
        };
    }

    private static FileSink Sink((string Type, JsonObject Body) sink)
    {
        if (sink.Type != "file")
        {
            throw new AgentConfigurationException($"a sink of type '{sink.Type}' is not known to this stand-in: file alone is");
        }

        var config = One(sink.Body["config"]) ?? [];

        // A number of JSON is decimal, as for the real agent: 0640 is 416.
        var mode = config["mode"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? (UnixFileMode)value.GetValue<int>() : Mode(Text(config["mode"]) ?? "0640");
        return new FileSink(Text(config["path"]) ?? throw new AgentConfigurationException("a sink has no path"), mode);
    }

    private static TemplateConfiguration Template(JsonObject template)
    {
        var (contents, source) = (Text(template["contents"]), Text(template["source"]));
        if (contents is null == source is null)
        {
            throw new AgentConfigurationException("a template has either contents or source");
        }

        return new TemplateConfiguration
        {
            Contents = contents,
            Source = source,
            Destination = Text(template["destination"]) ?? throw new AgentConfigurationException("a template has no destination"),
            Mode = Mode(Text(template["perms"]) ?? "0644"),
            CreateDirectories = template["create_dest_dirs"] is null || Flag(template["create_dest_dirs"]),
            ErrorOnMissingKey = Flag(template["error_on_missing_key"]),
            LeftDelimiter = Text(template["left_delimiter"]) ?? "{{",
            RightDelimiter = Text(template["right_delimiter"]) ?? "}}",
        };
    }

    // {"type":"file","config":{…}} or, as HCL's labelled blocks come out, {"file":[{"config":…}]}.
    private static IEnumerable<(string Type, JsonObject Body)> Typed(JsonNode? node)
    {
        foreach (var body in HclReader.Objects(node))
        {
            if (Text(body["type"]) is { } type)
            {
                yield return (type, body);
            }
            else
            {
                foreach (var (label, blocks) in body)
                {
                    foreach (var block in HclReader.Objects(blocks))
                    {
                        yield return (label, block);
                    }
                }
            }
        }
    }

    private static JsonObject? One(JsonNode? node) => HclReader.Objects(node).FirstOrDefault();

    private static string? Text(JsonNode? node) => node is JsonValue && node.ToString() is { Length: > 0 } text ? text : null;

    private static bool Flag(JsonNode? node) => bool.TryParse(Text(node), out var flag) && flag;

    private static UnixFileMode Mode(string octal)
    {
        try
        {
            return (UnixFileMode)Convert.ToInt32(octal, 8);
        }
        catch (FormatException)
        {
            throw new AgentConfigurationException($"'{octal}' is no mode: four octal digits such as 0640 are");
        }
    }

    private static TimeSpan? Time(JsonNode? node)
    {
        if (Text(node) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        var parts = Part().Matches(text);
        return parts.Count > 0 && parts.Sum(static p => p.Length) == text.Length
            ? parts.Aggregate(TimeSpan.Zero, static (sum, p) => sum + (double.Parse(p.Groups[1].Value, CultureInfo.InvariantCulture) * p.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(1),
                "m" => TimeSpan.FromMinutes(1),
                "ms" => TimeSpan.FromMilliseconds(1),
                _ => TimeSpan.FromSeconds(1),
            }))
            : throw new AgentConfigurationException($"'{text}' is no time: 30s, 5m and 1h30m are");
    }

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|s|m|h)")]
    private static partial Regex Part();
}
