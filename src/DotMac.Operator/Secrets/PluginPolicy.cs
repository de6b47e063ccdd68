using System.Text;
using DotMac.Operator.Configuration;

namespace DotMac.Operator.Secrets;

/// <summary>
/// The policy of one plugin: <c>read</c> on exactly the secrets that its config refers to, no pattern, nothing else. Pure.
/// https://developer.hashicorp.com/vault/docs/concepts/policies
/// </summary>
internal static class PluginPolicy
{
    /// <summary>The text, in HCL.</summary>
    public static string Of(PluginAccess access, VaultOptions vault, string cluster)
    {
        var text = new StringBuilder(new AccessMark(cluster, access.Namespace, access.Plugin).ToString()).Append('\n');
        foreach (var path in access.Paths)
        {
            // References are checked for everything that means something to HCL or to a pattern: quotes, backslashes, '*' and '+'.
            var secret = VaultNames.Secret(vault, access.Tenant, path);
            foreach (var full in new[] { VaultNames.Data(vault, secret), VaultNames.Metadata(vault, secret) })
            {
                text.Append("path \"").Append(full).Append("\" {\n  capabilities = [\"read\"]\n}\n");
            }
        }

        return text.ToString();
    }
}
