namespace DotMac.Plugins.Resources.Validation;

/// <summary>Guesses what somebody meant to write.</summary>
public static class ClosestMatch
{
    private const int LongestCompared = 128;

    /// <summary>The known name that is nearest to what was written; null when none is near.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">What could have been.</param>
    public static string? Of(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in known.Where(candidate => candidate.Length is > 0 and <= LongestCompared))
        {
            // A third of the letters may be wrong: more than that is another word.
            var allowed = Math.Max(1, Math.Min(written.Length, candidate.Length) / 3);
            var distance = written.Length > LongestCompared ? int.MaxValue : Distance(Plain(written), Plain(candidate));
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    // auth_token, auth-token and AuthToken all mean authToken.
    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Edits (insert, delete, replace, swap of neighbours) that turn one into the other: optimal string alignment.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
