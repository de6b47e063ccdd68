using System.Security.Cryptography.X509Certificates;
using DotMac.StandIns.Vault;

// Configured as Vault's own development server is, and beyond that by variables of its own; policies, roles and secrets are then written as in Vault.
static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

var certificateFile = Variable("STANDIN_TLS_CERT_FILE");
var options = new VaultStandInOptions
{
    RootToken = Variable("VAULT_DEV_ROOT_TOKEN_ID") ?? throw new InvalidOperationException("Set VAULT_DEV_ROOT_TOKEN_ID to the token that may do everything."),
    Urls = Array.Exists(args, static a => a.StartsWith("--urls", StringComparison.Ordinal))
        ? string.Empty
        : Variable("ASPNETCORE_URLS") ?? (certificateFile is null ? "http://0.0.0.0:8200" : "https://0.0.0.0:8200"),
    UnsealKey = Variable("STANDIN_UNSEAL_KEY"),
    KubernetesHost = Variable("STANDIN_KUBERNETES_HOST") is { } host ? new Uri(host) : null,
    KubernetesCertificateAuthority = Variable("STANDIN_KUBERNETES_CA_FILE") is { } authority ? await File.ReadAllTextAsync(authority) : null,
    TokenReviewerFile = Variable("STANDIN_TOKEN_REVIEWER_FILE"),
    ServerCertificate = certificateFile is null ? null : X509Certificate2.CreateFromPemFile(certificateFile, Variable("STANDIN_TLS_KEY_FILE")),
};
await using var standIn = new VaultStandIn(options, args);
await standIn.RunAsync();
