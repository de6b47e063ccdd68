using System.CommandLine;
using System.Globalization;
using DotMac.Admin.Hosting;

namespace DotMac.Admin.Configuration;

/// <summary>The command line.</summary>
internal static class AdminCommand
{
    public static RootCommand Create()
    {
        var defaults = new AdminOptions();
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "A kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the pod's service account" };
        var context = new Option<string?>("--context") { Description = "A context of the kubeconfig. Default: its current one" };
        var bind = new Option<string>("--bind-address") { Description = "Where it listens; a port of 0 takes a free one", DefaultValueFactory = _ => defaults.BindAddress };
        var tls = new Option<string?>("--tls-certificate-directory") { Description = "A directory with tls.crt and tls.key, such as cert-manager's. Default: HTTP without TLS" };
        var pathBase = new Option<string>("--path-base") { Description = "Where it is found below its host, such as /dotmac", DefaultValueFactory = _ => defaults.PathBase };
        pathBase.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } path && (!path.StartsWith('/') || path.EndsWith('/')))
            {
                result.AddError($"--path-base: '{path}' must begin with a slash and not end with one, such as /dotmac");
            }
        });
        var tokenCache = Duration("--token-cache", "How long it is remembered whose a token is; for so long a revoked one is still taken", defaults.TokenCache);
        var accessCache = Duration("--access-cache", "How long it is remembered what somebody may do", defaults.AccessCache);
        var requests = Number("--requests-per-second", "How many requests a caller may make in a second, in the long run; ten times as many at once", defaults.RequestsPerSecond, 1, 100_000);
        var audit = new Option<string[]>("--audit-file") { Description = "A file of the operator's audit trail, where it can be read from here; repeatable, one for each replica. Default: none" };
        var sessionKey = new Option<string?>("--session-key-file")
        {
            Description = "A file with a key that sessions of the web UI are encrypted with, the same for all replicas; a further line for the key before it. Default: a key that lives as long as the process",
        };
        var signOut = new Option<string?>("--sign-out-url") { Description = "Where a proxy in front that signs people in signs them out, such as /oauth2/sign_out. Default: none" };
        var vaultAddress = new Option<Uri?>("--vault-address")
        {
            Description = "Vault's address, for secrets that come in with requests; such as https://vault:8200. Default: such secrets are refused",
            CustomParser = static result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
                {
                    return address;
                }

                result.AddError($"--vault-address: '{text}' is no address; write it with its scheme, such as https://vault:8200");
                return null;
            },
        };
        var vaultMount = new Option<string>("--vault-mount") { Description = "The mount of the KV version 2 engine; the operator's", DefaultValueFactory = _ => defaults.Vault.Mount };
        var vaultPrefix = new Option<string>("--vault-path-prefix") { Description = "The path below the mount that belongs to a tenant; the operator's", DefaultValueFactory = _ => defaults.Vault.PathPrefix };
        vaultPrefix.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>()?.Contains("{tenant}", StringComparison.Ordinal) != true)
            {
                result.AddError("--vault-path-prefix must hold {tenant}: without it all tenants would share their secrets");
            }
        });
        var vaultAuth = new Option<string>("--vault-auth-path") { Description = "The mount of the Kubernetes auth method", DefaultValueFactory = _ => defaults.Vault.AuthPath };
        var vaultNamespace = new Option<string?>("--vault-namespace") { Description = "The Vault namespace. Default: none" };
        var vaultCa = new Option<string?>("--vault-ca-cert") { Description = "A PEM file with the authorities that vouch for Vault. Default: the system's" };
        var vaultRole = new Option<string>("--vault-role") { Description = "The role with which it logs in to Vault; config/vault/admin-policy.hcl is all it needs", DefaultValueFactory = _ => defaults.Vault.Role };
        var vaultToken = new Option<string>("--vault-token-file") { Description = "The projected token with which it does", DefaultValueFactory = _ => defaults.Vault.TokenFile };
        var root = new RootCommand("Serves the admin API and the web UI: what tenants have installed, over HTTP and for people, with the rights that Kubernetes gives who asks.")
        {
            kubeconfig, context, bind, tls, pathBase, tokenCache, accessCache, requests, audit, sessionKey, signOut, vaultAddress, vaultMount, vaultPrefix, vaultAuth, vaultNamespace, vaultCa, vaultRole, vaultToken,
        };
        root.SetAction((parsed, cancellationToken) => AdminProcess.RunAsync(
            defaults with
            {
                Kubeconfig = parsed.GetValue(kubeconfig),
                Context = parsed.GetValue(context),
                BindAddress = parsed.GetValue(bind)!,
                CertificateDirectory = parsed.GetValue(tls),
                PathBase = parsed.GetValue(pathBase)!,
                TokenCache = parsed.GetValue(tokenCache),
                AccessCache = parsed.GetValue(accessCache),
                RequestsPerSecond = parsed.GetValue(requests),
                AuditFiles = parsed.GetValue(audit) ?? [],
                SessionKeyFile = parsed.GetValue(sessionKey),
                SignOutUrl = parsed.GetValue(signOut),
                Vault = defaults.Vault with
                {
                    Address = parsed.GetValue(vaultAddress),
                    Mount = parsed.GetValue(vaultMount)!,
                    PathPrefix = parsed.GetValue(vaultPrefix)!,
                    AuthPath = parsed.GetValue(vaultAuth)!,
                    Namespace = parsed.GetValue(vaultNamespace),
                    CertificateAuthorityFile = parsed.GetValue(vaultCa),
                    Role = parsed.GetValue(vaultRole)!,
                    TokenFile = parsed.GetValue(vaultToken)!,
                },
            },
            cancellationToken));
        return root;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number between {least} and {most}"));
            return standard;
        },
    };

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan standard) => new(name)
    {
        Description = description + ", in seconds such as 10s, 0s to 5m at most",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            var (number, unit) = text.EndsWith('m') ? (text[..^1], 60) : (text.TrimEnd('s'), 1);
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount * unit <= 300)
            {
                return TimeSpan.FromSeconds(amount * unit);
            }

            result.AddError($"{name}: '{text}' is no duration up to five minutes; write seconds or minutes, such as 10s or 1m");
            return standard;
        },
    };
}
