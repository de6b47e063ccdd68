using System.Diagnostics.CodeAnalysis;

namespace DotMac.Plugins.Contract.References;

/// <summary>Parses what stands between <c>${</c> and <c>}</c>. Its messages never quote the text, which may be part of a secret.</summary>
internal static class ReferenceParser
{
    private const int MaxSecretNameLength = 253;
    private const int MaxSecretKeyLength = 253;
    private const string VaultForm = "write ${vault:path/key}, for example ${vault:twilio/auth_token}";
    private const string SecretForm = "write ${secret:name/key}, for example ${secret:twilio/auth-token}";
    private const string EnvForm = "write ${env:NAME}, for example ${env:HTTP_PROXY}";

    /// <summary>Parses <c>text[start..end]</c>, the inside of a reference.</summary>
    public static bool TryParse(
        string text, int start, int end, [NotNullWhen(true)] out ConfigReference? reference, [NotNullWhen(false)] out ReferenceError? error)
    {
        reference = null;
        int colon = text.IndexOf(':', start, end - start);
        string kind = colon < 0 ? "" : text[start..colon];
        switch (kind)
        {
            case "vault":
                error = CheckVault(text, colon + 1, end, out int slash);
                reference = error is null ? new ConfigReference(ReferenceKind.Vault, text[(colon + 1)..slash], text[(slash + 1)..end]) : null;
                break;
            case "secret":
                error = CheckSecret(text, colon + 1, end, out slash);
                reference = error is null ? new ConfigReference(ReferenceKind.Secret, text[(colon + 1)..slash], text[(slash + 1)..end]) : null;
                break;
            case "env":
                error = CheckEnv(text, colon + 1, end);
                reference = error is null ? new ConfigReference(ReferenceKind.Env, "", text[(colon + 1)..end]) : null;
                break;
            default:
                error = new ReferenceError(
                    start + 1,
                    "A reference starts with its kind, 'vault:', 'secret:' or 'env:' in lower case; "
                        + $"{VaultForm}, or write '$${{' if the characters '${{' are meant.");
                break;
        }

        return reference is not null;
    }

    private static ReferenceError? CheckVault(string text, int start, int end, out int slash)
    {
        slash = -1;
        if (start == end)
        {
            return new ReferenceError(start + 1, $"The reference names nothing; {VaultForm}.");
        }

        if (text[start] == '/')
        {
            return new ReferenceError(start + 1, $"The path is relative to the tenant's prefix and must not start with '/'; {VaultForm}.");
        }

        int segmentStart = start;
        for (int position = start; position <= end; position++)
        {
            if (position < end && text[position] != '/')
            {
                if (!IsVaultCharacter(text[position]))
                {
                    return new ReferenceError(position + 1, ForbiddenCharacter(text[position], "- _ . ~ @ = , : and /", VaultForm));
                }

                continue;
            }

            if (CheckSegment(text, segmentStart, position, position == end ? "key" : "path segment", VaultForm) is ReferenceError bad)
            {
                return bad;
            }

            slash = position < end ? position : slash;
            segmentStart = position + 1;
        }

        return slash < 0 ? new ReferenceError(start + 1, $"The key is missing: there is no '/'; {VaultForm}.") : null;
    }

    private static ReferenceError? CheckSecret(string text, int start, int end, out int slash)
    {
        slash = text.IndexOf('/', start, end - start);
        if (slash < 0 || slash == start || slash == end - 1)
        {
            return new ReferenceError(start + 1, $"The Secret's name, the key, or the '/' between them is missing; {SecretForm}.");
        }

        if (text.IndexOf('/', slash + 1, end - slash - 1) is int second and >= 0)
        {
            return new ReferenceError(second + 1, $"There is more than one '/': a Secret has a name and keys, no path; {SecretForm}.");
        }

        if (!IsDnsSubdomain(text.AsSpan(start, slash - start)))
        {
            return new ReferenceError(
                start + 1,
                $"The Secret's name must be a DNS subdomain: lower-case letters, digits, '-' and '.', at most {MaxSecretNameLength} characters; {SecretForm}.");
        }

        for (int position = slash + 1; position < end; position++)
        {
            if (!IsSecretKeyCharacter(text[position]))
            {
                return new ReferenceError(position + 1, ForbiddenCharacter(text[position], "- _ and .", SecretForm));
            }
        }

        if (end - slash - 1 > MaxSecretKeyLength)
        {
            return new ReferenceError(slash + 2, $"The key is longer than {MaxSecretKeyLength} characters, which no Secret can have; {SecretForm}.");
        }

        // Kubernetes refuses keys that start with "..": a volume keeps its own entries under such names.
        return text[slash + 1] == '.' && (end - slash == 2 || text[slash + 2] == '.')
            ? new ReferenceError(slash + 2, $"The key must not be '.' or start with '..'; {SecretForm}.")
            : null;
    }

    private static ReferenceError? CheckEnv(string text, int start, int end)
    {
        if (start == end)
        {
            return new ReferenceError(start + 1, $"The variable's name is missing; {EnvForm}.");
        }

        for (int position = start; position < end; position++)
        {
            bool valid = text[position] == '_' || char.IsAsciiLetter(text[position]) || (position > start && char.IsAsciiDigit(text[position]));
            if (!valid)
            {
                return new ReferenceError(
                    position + 1, $"A variable's name has letters, digits and '_' only, and does not start with a digit; {EnvForm}.");
            }
        }

        return null;
    }

    private static ReferenceError? CheckSegment(string text, int start, int end, string what, string form) => text.AsSpan(start, end - start) switch
    {
        "" => new ReferenceError(start + 1, $"A {what} is empty; {form}."),
        "." or ".." => new ReferenceError(start + 1, $"'.' and '..' are not allowed: a {what} must name something below the tenant's prefix; {form}."),
        _ => null,
    };

    private static string ForbiddenCharacter(char character, string alsoAllowed, string form) => character switch
    {
        '\\' => $"A backslash is not allowed; separate with '/': {form}.",
        '%' => $"Percent-encoding is not allowed; write the name itself: {form}.",
        _ when char.IsWhiteSpace(character) => $"Whitespace is not allowed inside a reference; {form}.",
        _ when char.IsControl(character) => $"Control characters are not allowed inside a reference; {form}.",
        _ => $"Only letters and digits of ASCII and {alsoAllowed} are allowed here; {form}.",
    };

    // No '*' and '+': Vault's policies read them as wildcards. No quotes, braces, '?' or '#': agent templates and URLs do.
    private static bool IsVaultCharacter(char character) => char.IsAsciiLetterOrDigit(character) || "-_.~@=,:".Contains(character, StringComparison.Ordinal);

    // https://kubernetes.io/docs/concepts/configuration/secret/: "alphanumeric characters, -, _ or ."
    private static bool IsSecretKeyCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';

    private static bool IsDnsSubdomain(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxSecretNameLength)
        {
            return false;
        }

        foreach (Range label in name.Split('.'))
        {
            if (!DnsLabel.HasForm(name[label]))
            {
                return false;
            }
        }

        return true;
    }
}
