using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Testing.Cluster;

/// <summary>
/// A real etcd and kube-apiserver, and a kube-controller-manager if asked for, on loopback, for one test assembly. Nothing runs in it:
/// there is no node. Its user is an administrator; <see cref="ConfigurationOf"/> makes others.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private const int PortTries = 5;
    private static readonly TimeSpan PatchTimeout = TimeSpan.FromSeconds(30);

    private readonly ControlPlaneOptions _options;
    private readonly string _binaries;
    private readonly WorkDirectory _directory;
    private readonly TestAuthority _authority = new();
    private readonly AuditLog _audit;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private ChildProcess? _etcd;
    private ChildProcess? _apiServer;
    private ChildProcess? _controllerManager;
    private int _etcdPort;
    private int _namespaces;

    private ControlPlane(ControlPlaneOptions options, string binaries)
    {
        _options = options;
        _binaries = binaries;
        _directory = new WorkDirectory();
        _audit = new AuditLog(_directory.File("audit.log"));
        var (certificate, key) = _authority.Client("dotmac-test-admin", "system:masters");
        AdminCertificate = (certificate, key);
        _handler = new SocketsHttpHandler();
        _handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(certificate, key)];
        _handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        _handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_authority.Trust());
        _http = new HttpClient(_handler);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("dotmac-testing");
    }

    /// <summary>The API server's address.</summary>
    public Uri Host { get; private set; } = new("https://127.0.0.1");

    /// <summary>A kubeconfig for the administrator, with all certificates inside.</summary>
    public string KubeconfigPath => _directory.File("kubeconfig");

    /// <summary>Where the servers' output is. It outlives this object only when a server failed.</summary>
    public string LogDirectory => _directory.Logs;

    private (string Certificate, string Key) AdminCertificate { get; }

    /// <summary>Starts a control plane and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">A server did not come up; the message names its log.</exception>
    public static async Task<ControlPlane> StartAsync(ControlPlaneOptions? options = null)
    {
        var plane = new ControlPlane(options ?? new ControlPlaneOptions(), await ControlPlaneBinaries.DirectoryAsync());
        try
        {
            plane.WriteKeys();
            await plane.StartEtcdAsync();
            await plane.StartApiServerAsync();
            if (plane._options.ControllerManager)
            {
                await plane.StartControllerManagerAsync();
            }

            return plane;
        }
        catch
        {
            plane._directory.KeepLogs = true;
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the server is, as the administrator.</summary>
    /// <param name="userAgent">By which <see cref="WritesAsync"/> finds the requests again.</param>
    public KubernetesClientConfiguration Configuration(string? userAgent = null) => Configuration(AdminCertificate, userAgent);

    /// <summary>Where the server is, as somebody else, who has only the rights that RBAC gives.</summary>
    public KubernetesClientConfiguration ConfigurationOf(string user, IReadOnlyList<string>? groups = null, string? userAgent = null) =>
        Configuration(_authority.Client(user, [.. groups ?? []]), userAgent);

    /// <summary>Where the server is, with credentials of one's own.</summary>
    public KubernetesClientConfiguration ConfigurationWith(ICredentialSource credentials, string? userAgent = null) => new()
    {
        Host = Host,
        Credentials = credentials,
        CertificateAuthority = _authority.Trust,
        UserAgent = userAgent ?? "dotmac-testing",
    };

    /// <summary>A client of the administrator.</summary>
    public KubernetesClient CreateClient(JsonSerializerOptions? json = null, string? userAgent = null, TimeProvider? clock = null) =>
        new(Configuration(userAgent), json, clock);

    /// <summary>Writes a kubeconfig of somebody else, who has only the rights that RBAC gives, and says where.</summary>
    public string WriteKubeconfig(string user, params string[] groups)
    {
        var path = _directory.File($"kubeconfig-{Guid.NewGuid():N}");
        WriteKubeconfig(path, _authority.Client(user, groups));
        return path;
    }

    /// <summary>Makes a namespace that no other test has.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateNamespaceAsync(string prefix = "test", IReadOnlyDictionary<string, string>? labels = null)
    {
        var name = $"{prefix}-{Interlocked.Increment(ref _namespaces)}-{RandomNumberGenerator.GetHexString(5, lowercase: true)}";
        var labelled = new JsonObject();
        foreach (var (label, value) in labels ?? new Dictionary<string, string>())
        {
            labelled[label] = value;
        }

        await SendAsync(HttpMethod.Post, "api/v1/namespaces", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labelled },
        });
        return name;
    }

    /// <summary>Sends a request of any kind as the administrator.</summary>
    /// <exception cref="HttpRequestException">The server refused; the message holds its answer.</exception>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(Host, path));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode}: {text}", null, response.StatusCode);
    }

    /// <summary>A token of a service account, as the kubelet would get it for a pod.</summary>
    public async Task<string> CreateTokenAsync(string ns, string serviceAccount, string? audience = null, int seconds = 3600)
    {
        var answer = await SendAsync(HttpMethod.Post, $"api/v1/namespaces/{ns}/serviceaccounts/{serviceAccount}/token", new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject
            {
                ["audiences"] = audience is null ? null : new JsonArray(audience),
                ["expirationSeconds"] = seconds,
            },
        });
        return answer["status"]!["token"]!.GetValue<string>();
    }

    /// <summary>Installs the CustomResourceDefinitions of a YAML text and waits until the server serves them.</summary>
    public async Task ApplyCrdAsync(string yaml)
    {
        foreach (var crd in YamlText.ToJson(yaml))
        {
            var name = crd["metadata"]!["name"]!.GetValue<string>();
            var path = $"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}";
            await SendAsync(HttpMethod.Patch, $"{path}?fieldManager=dotmac-testing&force=true", crd, "application/apply-patch+yaml");
            JsonNode? seen = null;
            await Eventually.BeTrueAsync(
                async () => IsEstablished(seen = await SendAsync(HttpMethod.Get, path)),
                PatchTimeout,
                () => $"{name} is established; its status is {seen?["status"]?.ToJsonString()}");

            // "Established" is said a moment before the paths are there, and before discovery tells of them.
            var group = crd["spec"]!["group"]!.GetValue<string>();
            var plural = crd["spec"]!["names"]!["plural"]!.GetValue<string>();
            foreach (var version in crd["spec"]!["versions"]!.AsArray().Where(static v => v!["served"]!.GetValue<bool>()))
            {
                var root = $"apis/{group}/{version!["name"]!.GetValue<string>()}";
                await Eventually.BeTrueAsync(
                    async () => await IsServedAsync($"{root}/{plural}?limit=1") && await DiscoversAsync(root, plural),
                    PatchTimeout,
                    $"the server serves {root}/{plural}");
            }
        }
    }

    /// <summary>A place in the audit log, behind everything that the server has answered so far.</summary>
    public async Task<AuditMarker> MarkAsync()
    {
        // A request of our own, and its line: the lines of all requests answered before are before it.
        var from = _audit.Length;
        var id = Guid.NewGuid().ToString("N");
        await SendAsync(HttpMethod.Get, $"version?marker={id}");
        long? end = null;
        await Eventually.BeTrueAsync(
            async () => (end = await _audit.EndOfLineWithAsync(id, from)) is not null,
            TimeSpan.FromSeconds(10),
            $"the audit log in {_directory.Path} holds a request that was answered");
        return new AuditMarker(end!.Value);
    }

    /// <summary>The requests of a program that were answered between a marker and now. A watch counts when it ends.</summary>
    public async Task<IReadOnlyList<AuditEntry>> RequestsAsync(string userAgentContains, AuditMarker since)
    {
        var now = await MarkAsync();
        var entries = await _audit.ReadAsync(since.Position, now.Position);
        return [.. entries.Where(e => e.UserAgent.Contains(userAgentContains, StringComparison.Ordinal))];
    }

    /// <summary>The requests of a program between a marker and now that were to change something, whatever became of them.</summary>
    public async Task<IReadOnlyList<AuditEntry>> WritesAsync(string userAgentContains, AuditMarker since) =>
        [.. (await RequestsAsync(userAgentContains, since)).Where(static e => e.IsWrite)];

    /// <summary>Ends the API server without a word, as a crash would.</summary>
    public async Task KillApiServerAsync()
    {
        if (_apiServer is not null)
        {
            await _apiServer.DisposeAsync();
            _apiServer = null;
        }
    }

    /// <summary>Starts the API server after it was killed, and waits until it is ready.</summary>
    /// <param name="port">On another port; null for the one that it had before.</param>
    public async Task StartApiServerAsync(int? port = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var first = Host.IsDefaultPort;
            var chosen = port ?? (first ? LoopbackPorts.Free(1)[0] : Host.Port);
            Host = new Uri($"https://127.0.0.1:{chosen}");
            WriteKubeconfig(KubeconfigPath, AdminCertificate);
            _apiServer = await StartAsync("kube-apiserver", [.. ApiServerArguments(chosen), .. _options.ApiServerArguments]);
            try
            {
                await WaitAsync(_apiServer, new Uri(Host, "readyz"));
                return;
            }
            catch (PortTakenException) when (first && port is null && attempt < PortTries)
            {
                await KillApiServerAsync();
                Host = new Uri("https://127.0.0.1");
            }
        }
    }

    /// <summary>Has etcd forget all past versions, so that watches that want to go on from one are refused.</summary>
    public async Task CompactAsync()
    {
        var etcd = new Uri($"http://127.0.0.1:{_etcdPort}");
        using var range = await _http.PostAsJsonAsync(new Uri(etcd, "v3/kv/range"), new { key = "AA==" });
        var revision = (await range.Content.ReadFromJsonAsync<JsonNode>())!["header"]!["revision"]!.GetValue<string>();
        using var compacted = await _http.PostAsJsonAsync(new Uri(etcd, "v3/kv/compaction"), new { revision, physical = true });
        compacted.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _controllerManager, _apiServer, _etcd })
        {
            if (process is not null)
            {
                // One that ended by itself has crashed: somebody will want to know why.
                _directory.KeepLogs |= process.HasExited;
                await process.DisposeAsync();
            }
        }

        _http.Dispose();
        _handler.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    private static bool IsEstablished(JsonNode crd) =>
        crd["status"]?["conditions"]?.AsArray().Any(static c =>
            c!["type"]!.GetValue<string>() == "Established" && c["status"]!.GetValue<string>() == "True") == true;

    private async Task<bool> IsServedAsync(string path)
    {
        try
        {
            await SendAsync(HttpMethod.Get, path);
            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    private async Task<bool> DiscoversAsync(string root, string plural)
    {
        try
        {
            var list = await SendAsync(HttpMethod.Get, root);
            return list["resources"]!.AsArray().Any(r => r!["name"]!.GetValue<string>() == plural);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    private KubernetesClientConfiguration Configuration((string Certificate, string Key) client, string? userAgent) =>
        ConfigurationWith(new CertificateCredentials(X509Certificate2.CreateFromPem(client.Certificate, client.Key)), userAgent);

    private void WriteKeys()
    {
        var (certificate, key) = _authority.Server("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "127.0.0.1", "10.0.0.1");
        using var serviceAccounts = RSA.Create(2048);
        File.WriteAllText(_directory.File("ca.crt"), _authority.CertificatePem);
        File.WriteAllText(_directory.File("server.crt"), certificate);
        File.WriteAllText(_directory.File("server.key"), key);
        File.WriteAllText(_directory.File("service-accounts.key"), serviceAccounts.ExportRSAPrivateKeyPem());
        File.WriteAllText(_directory.File("service-accounts.pub"), serviceAccounts.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(_directory.File("audit.yaml"), AuditLog.Policy);
    }

    private void WriteKubeconfig(string path, (string Certificate, string Key) client)
    {
        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        File.WriteAllText(path, $"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters:
              - name: test
                cluster:
                  server: {Host.GetLeftPart(UriPartial.Authority)}
                  certificate-authority-data: {Base64(_authority.CertificatePem)}
            users:
              - name: test
                user:
                  client-certificate-data: {Base64(client.Certificate)}
                  client-key-data: {Base64(client.Key)}
            contexts:
              - name: test
                context: {"{"} cluster: test, user: test, namespace: default {"}"}

            """);
    }

    private string[] ApiServerArguments(int port) =>
    [
        $"--etcd-servers=http://127.0.0.1:{_etcdPort}",
        "--bind-address=127.0.0.1",
        $"--secure-port={port}",

        // The address of the service "kubernetes" must not be a loopback one, and nobody here uses the service.
        "--endpoint-reconciler-type=none",
        $"--cert-dir={_directory.Path}",
        $"--tls-cert-file={_directory.File("server.crt")}",
        $"--tls-private-key-file={_directory.File("server.key")}",
        $"--client-ca-file={_directory.File("ca.crt")}",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.0.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-signing-key-file={_directory.File("service-accounts.key")}",
        $"--service-account-key-file={_directory.File("service-accounts.pub")}",

        // Blocking: the line is there before the next request can be answered.
        $"--audit-policy-file={_directory.File("audit.yaml")}",
        $"--audit-log-path={_directory.File("audit.log")}",
        "--audit-log-mode=blocking",
        "--audit-log-maxsize=4096",

        // Without a controller manager nobody makes service accounts, and pods would wait for theirs in vain.
        .. _options.ControllerManager ? (string[])[] : ["--disable-admission-plugins=ServiceAccount"],
    ];

    private async Task StartEtcdAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var ports = LoopbackPorts.Free(2);
            var (client, peer) = ($"http://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}");
            _etcdPort = ports[0];
            _etcd = await StartAsync("etcd",
            [
                "--name=test",
                $"--data-dir={_directory.File("etcd")}",
                "--unsafe-no-fsync",
                $"--listen-client-urls={client}",
                $"--advertise-client-urls={client}",
                $"--listen-peer-urls={peer}",
                $"--initial-advertise-peer-urls={peer}",
                $"--initial-cluster=test={peer}",
                "--logger=zap",
                "--log-level=warn",
            ]);
            try
            {
                await WaitAsync(_etcd, new Uri($"{client}/health"));
                return;
            }
            catch (PortTakenException) when (attempt < PortTries)
            {
                await _etcd.DisposeAsync();
            }
        }
    }

    private async Task StartControllerManagerAsync()
    {
        var port = LoopbackPorts.Free(1)[0];

        // Up to 1.23 it also listens without TLS, on one port for all, unless told not to; later ones do not know the flag.
        var version = await SendAsync(HttpMethod.Get, "version");
        var minor = int.Parse(version["minor"]!.GetValue<string>().TrimEnd('+'), CultureInfo.InvariantCulture);
        _controllerManager = await StartAsync("kube-controller-manager",
        [
            $"--kubeconfig={KubeconfigPath}",
            "--leader-elect=false",
            "--bind-address=127.0.0.1",
            $"--secure-port={port}",
            $"--cert-dir={_directory.Path}",
            $"--tls-cert-file={_directory.File("server.crt")}",
            $"--tls-private-key-file={_directory.File("server.key")}",
            $"--root-ca-file={_directory.File("ca.crt")}",
            $"--service-account-private-key-file={_directory.File("service-accounts.key")}",
            "--authorization-always-allow-paths=/healthz",
            .. minor < 24 ? (string[])["--port=0"] : [],
        ]);
        await WaitAsync(_controllerManager, new Uri($"https://127.0.0.1:{port}/healthz"));

        // Pods cannot be made in a namespace before its service account is.
        await Eventually.BeTrueAsync(
            () => IsServedAsync("api/v1/namespaces/default/serviceaccounts/default"),
            _options.StartTimeout,
            () => $"kube-controller-manager makes the default service account; its log: {_controllerManager.LogPath}");
    }

    private Task<ChildProcess> StartAsync(string name, IEnumerable<string> arguments) =>
        ChildProcess.StartAsync(name, Path.Combine(_binaries, name), arguments, Path.Combine(_directory.Logs, name + ".log"));

    private async Task WaitAsync(ChildProcess process, Uri healthy)
    {
        var seen = "no answer";
        await Eventually.BeTrueAsync(
            async () =>
            {
                if (process.HasExited)
                {
                    throw process.LogTail.Contains("address already in use", StringComparison.Ordinal)
                        ? new PortTakenException()
                        : new InvalidOperationException(
                            $"{process.Name} ended with exit code {process.ExitCode}; the end of {process.LogPath}:\n{process.LogTail}");
                }

                try
                {
                    using var response = await _http.GetAsync(healthy);
                    seen = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException e)
                {
                    seen = e.Message;
                    return false;
                }
            },
            _options.StartTimeout,
            () => $"{process.Name} is ready ({healthy}); it says: {seen}; the end of {process.LogPath}:\n{process.LogTail}");
    }
}
