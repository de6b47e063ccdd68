using DotMac.StandIns.Vault.Core;

namespace DotMac.StandIns.Vault.Policies;

/// <summary>
/// What a token may do, by all its policies together. One pattern decides for a path: the exact one, else, among those with wildcards, the one of
/// the highest priority. What several policies say of that pattern is added up, and one <c>deny</c> outweighs the rest.
/// https://developer.hashicorp.com/vault/docs/concepts/policies#policy-syntax
/// </summary>
internal sealed class AccessControl
{
    private readonly Dictionary<string, PolicyRule> _rules = new(StringComparer.Ordinal);

    public AccessControl(IEnumerable<PolicyRule> rules)
    {
        foreach (var rule in rules)
        {
            if (!_rules.TryGetValue(rule.Pattern, out var known))
            {
                _rules[rule.Pattern] = rule;
            }
            else if (!known.Capabilities.HasFlag(Capabilities.Deny))
            {
                _rules[rule.Pattern] = rule.Capabilities.HasFlag(Capabilities.Deny) ? rule : known with { Capabilities = known.Capabilities | rule.Capabilities };
            }
        }
    }

    /// <summary>Whether an operation on a path is allowed.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="path">The path; that of a list ends with a slash.</param>
    /// <param name="needsSudo">Whether the path is one of those that only root and <c>sudo</c> may use.</param>
    public bool Allows(Operation operation, string path, bool needsSudo = false)
    {
        var capabilities = On(path, operation == Operation.List);
        var needed = operation switch
        {
            Operation.Read => Capabilities.Read,
            Operation.List => Capabilities.List,
            Operation.Create => Capabilities.Create,
            Operation.Update => Capabilities.Update,
            Operation.Delete => Capabilities.Delete,
            Operation.Patch => Capabilities.Patch,
            _ => Capabilities.Deny,
        };
        return !capabilities.HasFlag(Capabilities.Deny) && capabilities.HasFlag(needed) && (!needsSudo || capabilities.HasFlag(Capabilities.Sudo));
    }

    /// <summary>What is allowed on a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isList">Whether it is asked for a list: then a rule for the path without its slash at the end counts too.</param>
    public Capabilities On(string path, bool isList)
    {
        var bare = isList && path.EndsWith('/') ? path[..^1] : path;
        if ((Exact(path) ?? Exact(bare)) is { } exact)
        {
            return exact.Capabilities;
        }

        return ((bare == path ? null : Best(bare)) ?? Best(path))?.Capabilities ?? Capabilities.None;
    }

    private PolicyRule? Exact(string path) =>
        _rules.TryGetValue(path, out var rule) && !rule.IsPrefix && rule.Wildcards == 0 ? rule : null;

    private PolicyRule? Best(string path) =>
        _rules.Values
            .Where(r => (r.IsPrefix || r.Wildcards > 0) && r.Matches(path))
            .OrderByDescending(static r => r.FirstWildcard)
            .ThenBy(static r => r.IsPrefix)
            .ThenBy(static r => r.Wildcards)
            .ThenByDescending(static r => r.Stem.Length)
            .ThenByDescending(static r => r.Stem, StringComparer.Ordinal)
            .FirstOrDefault();
}
