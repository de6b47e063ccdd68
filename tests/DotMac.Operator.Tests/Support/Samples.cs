using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Support;

/// <summary>The plugins of the golden files.</summary>
internal static class Samples
{
    public static DesiredInputs Minimal() => Given.Inputs();

    public static DesiredInputs Everything() => Given.Inputs(
        """
        {
          "plugin": "twilio", "version": "1.1.0", "replicas": 3, "reload": "Hot",
          "config": {
            "phoneNumber": "+15005550006",
            "accountSid": "${secret:twilio/account-sid}",
            "authToken": "${secret:twilio/auth-token}",
            "webhook": { "key": "${secret:hooks/key}", "peppered": "${env:PEPPER}-${vault:shared/salt/value}" },
            "vaulted": ["${vault:twilio/api_key}", "${vault:twilio/api_secret}"]
          },
          "resources": { "limits": { "memory": "512Mi" }, "requests": { "cpu": "10m" } },
          "sandbox": {
            "runtimeClassName": "gvisor",
            "egress": [
              { "host": "postgres.data.svc.cluster.local", "ports": [5432] },
              { "host": "redis", "ports": [6379] },
              { "host": "hooks.example.com", "ports": [8443, 443] }
            ]
          },
          "vault": { "role": "own-role", "authPath": "auth/other" },
          "callers": [
            { "namespace": "dotmac-api", "serviceAccount": "isp-api" },
            { "namespace": "dotmac-api", "serviceAccount": "billing" },
            { "namespace": "tenant-acme" }
          ],
          "ingress": { "host": "hooks.acme.example", "className": "nginx", "tlsSecretName": "hooks" }
        }
        """,
        TwoVersions(),
        new OperatorOptions { ImagePullPolicy = "Always", Vault = new VaultOptions { Address = new Uri("https://vault.vault.svc:8200/") } },
        keys: Given.Keys);

    public static DesiredInputs Vault() => Given.Inputs(
        """
        {
          "plugin": "twilio",
          "config": {
            "accountSid": "${vault:twilio/account_sid}",
            "authToken": "${vault:twilio/auth_token}",
            "other": "${vault:shared/a-path-that-is-much-longer-than-a-name-may-be/value}"
          }
        }
        """);

    public static DesiredInputs VaultSidecar() => Given.Inputs(
        """
        {
          "plugin": "twilio",
          "config": { "accountSid": "${vault:twilio/account_sid}", "authToken": "${vault:twilio/auth_token}", "key": "${vault:shared/keys/value}" },
          "vault": { "injection": "Sidecar" }
        }
        """,
        options: new OperatorOptions { Vault = new VaultOptions { Address = new Uri("https://vault.vault.svc:8200/"), TlsSecret = "vault-ca", Namespace = "team/a" } }) with
    {
        Rotation = new RotationMark("0123456789abcdef", Given.Now),
    };

    public static DesiredInputs SandboxOff() => Given.Inputs("""{"plugin":"twilio","sandbox":{"enabled":false,"runtimeClassName":"gvisor"}}""");

    /// <summary>A definition with an older and a newer version.</summary>
    public static PluginDefinition TwoVersions() => Given.Definition(
        """
        [
          { "version": "1.0.0", "image": "ghcr.io/dotmac/plugin-twilio:1.0.0" },
          {
            "version": "1.1.0", "image": "ghcr.io/dotmac/plugin-twilio:1.1.0",
            "resources": { "requests": { "cpu": "100m", "memory": "128Mi" }, "limits": { "cpu": "1", "memory": "256Mi" } },
            "egress": [ { "host": "api.twilio.com", "ports": [443] } ]
          }
        ]
        """);
}
