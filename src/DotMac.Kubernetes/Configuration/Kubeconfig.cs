using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DotMac.Kubernetes.Configuration;

/// <summary>
/// One or more kubeconfig files. Of several, the first to set a value or to name an entry wins. Source of the rules: "Organizing Cluster
/// Access Using kubeconfig Files" of the Kubernetes documentation.
/// </summary>
internal sealed class Kubeconfig
{
    private readonly List<(string File, YamlMappingNode Root)> _files;

    private Kubeconfig(List<(string File, YamlMappingNode Root)> files) => _files = files;

    public static Kubeconfig Load(IReadOnlyList<string> paths)
    {
        var files = new List<(string, YamlMappingNode)>();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                // A list may name files that are not there; a single name may not.
                if (paths.Count == 1)
                {
                    throw new KubernetesConfigurationException($"the kubeconfig {path} does not exist");
                }

                continue;
            }

            files.Add((Path.GetFullPath(path), Parse(path, File.ReadAllText(path))));
        }

        return files.Count > 0
            ? new Kubeconfig(files)
            : throw new KubernetesConfigurationException($"none of the kubeconfigs exists: {string.Join(", ", paths)}");
    }

    public KubernetesClientConfiguration Build(string? context)
    {
        var name = context
            ?? _files.Select(static f => Text(f.Root, "current-context")).FirstOrDefault(static c => !string.IsNullOrEmpty(c))
            ?? throw new KubernetesConfigurationException(
                $"{Names} names no current-context; choose one with --context: {string.Join(", ", EntryNames("contexts"))}");
        var chosen = Find("contexts", "context", name).Node;
        var clusterName = Text(chosen, "cluster") ?? throw new KubernetesConfigurationException($"context '{name}' of {Names} names no cluster");
        var cluster = Find("clusters", "cluster", clusterName);
        var server = Text(cluster.Node, "server");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var host) || host.Scheme is not ("https" or "http"))
        {
            throw new KubernetesConfigurationException($"cluster '{clusterName}' of {cluster.File} has no usable server address ('{server}')");
        }

        var user = Text(chosen, "user");
        return new KubernetesClientConfiguration
        {
            Host = host,
            Namespace = Text(chosen, "namespace") is { Length: > 0 } ns ? ns : "default",
            Credentials = string.IsNullOrEmpty(user) ? new StaticCredentials(null, null) : Credentials(user),
            CertificateAuthority = Authority(cluster.File, cluster.Node),
            TlsServerName = Text(cluster.Node, "tls-server-name"),
            SkipTlsVerify = Text(cluster.Node, "insecure-skip-tls-verify") == "true",
            Proxy = Text(cluster.Node, "proxy-url") is { Length: > 0 } proxy ? new Uri(proxy) : null,
        };
    }

    private string Names => string.Join(", ", _files.Select(static f => f.File));

    private static YamlMappingNode Parse(string path, string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 0 ? new YamlMappingNode() : (YamlMappingNode)yaml.Documents[0].RootNode;
        }
        catch (Exception e) when (e is YamlException or InvalidCastException)
        {
            throw new KubernetesConfigurationException($"the kubeconfig {path} is not YAML of the expected form: {e.Message}", e);
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static Func<X509Certificate2Collection>? Authority(string file, YamlMappingNode cluster)
    {
        if (Text(cluster, "certificate-authority-data") is { Length: > 0 } data)
        {
            var certificates = new X509Certificate2Collection();
            try
            {
                certificates.ImportFromPem(Pem(file, "certificate-authority-data", data));
            }
            catch (CryptographicException e)
            {
                throw new KubernetesConfigurationException($"certificate-authority-data in {file} is not a certificate: {e.Message}", e);
            }

            return () => certificates;
        }

        return Text(cluster, "certificate-authority") is { Length: > 0 } path ? new CertificateAuthorityFile(Resolve(file, path)).Read : null;
    }

    private static string Pem(string file, string key, string base64)
    {
        try
        {
            return Encoding.ASCII.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException e)
        {
            throw new KubernetesConfigurationException($"{key} in {file} is not base64", e);
        }
    }

    private static string Resolve(string file, string path) => Path.GetFullPath(path, Path.GetDirectoryName(file)!);

    private ICredentialSource Credentials(string user)
    {
        var (file, node) = Find("users", "user", user);
        if (Child(node, "exec") is YamlMappingNode exec)
        {
            return new ExecCredentials(Exec(file, user, exec), TimeProvider.System);
        }

        if (Text(node, "token") is { Length: > 0 } token)
        {
            return new StaticCredentials(new AuthenticationHeaderValue("Bearer", token), null);
        }

        if (Text(node, "tokenFile") is { Length: > 0 } tokenFile)
        {
            return new TokenFileCredentials(Resolve(file, tokenFile), TimeProvider.System);
        }

        if (Text(node, "username") is { Length: > 0 } username)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{Text(node, "password")}"));
            return new StaticCredentials(new AuthenticationHeaderValue("Basic", basic), null);
        }

        if (Text(node, "client-certificate") is { Length: > 0 } certificateFile && Text(node, "client-key") is { Length: > 0 } keyFile)
        {
            return new CertificateFileCredentials(Resolve(file, certificateFile), Resolve(file, keyFile));
        }

        var certificate = PemOf(file, node, "client-certificate");
        var key = PemOf(file, node, "client-key");
        if (certificate is null)
        {
            return new StaticCredentials(null, null);
        }

        if (key is null)
        {
            throw new KubernetesConfigurationException($"user '{user}' of {file} has a client certificate and no client-key");
        }

        try
        {
            return new StaticCredentials(null, X509Certificate2.CreateFromPem(certificate, key));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubernetesConfigurationException($"the client certificate of user '{user}' of {file} cannot be used: {e.Message}", e);
        }
    }

    private static string? PemOf(string file, YamlMappingNode node, string key) =>
        Text(node, key + "-data") is { Length: > 0 } data ? Pem(file, key + "-data", data)
        : Text(node, key) is { Length: > 0 } path ? ReadText(file, key, Resolve(file, path))
        : null;

    private static string ReadText(string file, string key, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"the {key} that {file} names cannot be read: {e.Message}", e);
        }
    }

    private static ExecConfig Exec(string file, string user, YamlMappingNode exec)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in (Child(exec, "env") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
        {
            if (Text(variable, "name") is { Length: > 0 } name)
            {
                environment[name] = Text(variable, "value") ?? string.Empty;
            }
        }

        var command = Text(exec, "command")
            ?? throw new KubernetesConfigurationException($"the credential plugin of user '{user}' of {file} names no command");
        return new ExecConfig(

            // A bare name is looked for on the PATH, a relative path beside the kubeconfig.
            command.Contains('/', StringComparison.Ordinal) ? Resolve(file, command) : command,
            (Child(exec, "args") as YamlSequenceNode)?.Children.OfType<YamlScalarNode>().Select(static a => a.Value ?? string.Empty).ToArray() ?? [],
            environment,
            Text(exec, "apiVersion") ?? "client.authentication.k8s.io/v1",
            Text(exec, "installHint"));
    }

    private IEnumerable<string> EntryNames(string list) =>
        _files.SelectMany(f => (Child(f.Root, list) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
            .Select(static e => Text(e, "name") ?? string.Empty);

    private (string File, YamlMappingNode Node) Find(string list, string kind, string name)
    {
        foreach (var (file, root) in _files)
        {
            foreach (var entry in (Child(root, list) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
            {
                if (Text(entry, "name") == name && Child(entry, kind) is YamlMappingNode node)
                {
                    return (file, node);
                }
            }
        }

        throw new KubernetesConfigurationException(
            $"{Names} has no {kind} '{name}'; it has: {string.Join(", ", EntryNames(list).Order(StringComparer.Ordinal))}");
    }
}
