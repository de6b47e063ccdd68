using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Hcl;

namespace DotMac.StandIns.Vault.Policies;

/// <summary>Reads policies. https://developer.hashicorp.com/vault/docs/concepts/policies</summary>
internal static class PolicyText
{
    private static readonly Dictionary<string, Capabilities> Names = Enum.GetValues<Capabilities>()
        .Where(static c => c != Capabilities.None)
        .ToDictionary(static c => c.ToString().ToLowerInvariant());

    // What "policy" meant before there were capabilities.
    private static readonly Dictionary<string, Capabilities> OldNames = new()
    {
        ["deny"] = Capabilities.Deny,
        ["read"] = Capabilities.Read | Capabilities.List,
        ["write"] = Capabilities.Create | Capabilities.Read | Capabilities.Update | Capabilities.Delete | Capabilities.List,
        ["sudo"] = Capabilities.Create | Capabilities.Read | Capabilities.Update | Capabilities.Delete | Capabilities.List | Capabilities.Sudo,
    };

    /// <summary>Reads a policy's rules.</summary>
    /// <exception cref="HclException">It is none, or uses what this stand-in does not know and so must not pretend to enforce.</exception>
    public static IReadOnlyList<PolicyRule> Parse(string text)
    {
        var root = HclReader.Read(text);
        if (root.Select(static p => p.Key).FirstOrDefault(static k => k is not ("path" or "name")) is { } stranger)
        {
            throw new HclException($"invalid key \"{stranger}\"");
        }

        return [.. HclReader.Objects(root["path"]).SelectMany(static paths => paths).SelectMany(static path => HclReader.Objects(path.Value).Select(rule => Rule(path.Key, rule)))];
    }

    private static PolicyRule Rule(string path, JsonObject rule)
    {
        foreach (var (key, _) in rule)
        {
            switch (key)
            {
                case "capabilities" or "policy" or "comment":
                    break;
                case "allowed_parameters" or "denied_parameters" or "required_parameters" or "min_wrapping_ttl" or "max_wrapping_ttl" or "mfa_methods" or "control_group":
                    throw new HclException($"path \"{path}\": this stand-in does not enforce {key}");
                default:
                    throw new HclException($"path \"{path}\": invalid key \"{key}\"");
            }
        }

        var pattern = path.StartsWith('/') ? path[1..] : path;
        if (pattern.Contains("+*", StringComparison.Ordinal))
        {
            throw new HclException($"path \"{pattern}\": invalid use of wildcards ('+*' is forbidden)");
        }

        if (pattern.Contains("{{", StringComparison.Ordinal))
        {
            throw new HclException($"path \"{path}\": this stand-in does not fill in templates");
        }

        var capabilities = rule["policy"] is JsonValue old
            ? OldNames.GetValueOrDefault(old.ToString(), Capabilities.None) is var o && o != Capabilities.None ? o : throw new HclException($"path \"{path}\": invalid policy \"{old}\"")
            : Capabilities.None;
        foreach (var name in (rule["capabilities"] as JsonArray ?? []).Select(static c => c?.GetValueKind() == JsonValueKind.String ? c.GetValue<string>() : string.Empty))
        {
            capabilities |= Names.TryGetValue(name, out var one) ? one : throw new HclException($"path \"{path}\": invalid capability \"{name}\"");
        }

        return new PolicyRule(pattern, capabilities.HasFlag(Capabilities.Deny) ? Capabilities.Deny : capabilities);
    }
}
