namespace DotMac.StandIns.Vault.Policies;

/// <summary>What a policy says of a path.</summary>
/// <param name="Pattern">The path as the policy has it, without a slash at the start.</param>
/// <param name="Capabilities">What it allows there; <see cref="Policies.Capabilities.Deny"/> alone when it denies.</param>
internal sealed record PolicyRule(string Pattern, Capabilities Capabilities)
{
    /// <summary>Whether any rest is matched: <c>*</c> at the end.</summary>
    public bool IsPrefix => Pattern.EndsWith('*');

    /// <summary>The pattern without the <c>*</c> at its end.</summary>
    public string Stem => IsPrefix ? Pattern[..^1] : Pattern;

    /// <summary>How many segments are <c>+</c>.</summary>
    public int Wildcards => Stem.Split('/').Count(static s => s == "+");

    /// <summary>Where the first <c>+</c> or <c>*</c> is; the pattern's length when there is none.</summary>
    public int FirstWildcard
    {
        get
        {
            var at = 0;
            foreach (var segment in Stem.Split('/'))
            {
                if (segment == "+")
                {
                    return at;
                }

                at += segment.Length + 1;
            }

            return Stem.Length;
        }
    }

    /// <summary>Whether a path fits the pattern, wildcards or not.</summary>
    public bool Matches(string path)
    {
        if (Wildcards == 0)
        {
            return IsPrefix ? path.StartsWith(Stem, StringComparison.Ordinal) : path == Pattern;
        }

        var wanted = Stem.Split('/');
        var given = path.Split('/');
        if (given.Length < wanted.Length || (!IsPrefix && given.Length != wanted.Length))
        {
            return false;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            var fits = wanted[i] == "+" || wanted[i] == given[i] || (IsPrefix && i == wanted.Length - 1 && given[i].StartsWith(wanted[i], StringComparison.Ordinal));
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
