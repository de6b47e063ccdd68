using System.Globalization;
using DotMac.Admin.Problems;

namespace DotMac.Admin.Requests;

/// <summary>Reads the parameters of a query, so that each that is wrong is named together with the others.</summary>
internal sealed class Parameters(IQueryCollection query)
{
    private const int Longest = 1024;
    private readonly List<FieldError> _errors = [];

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string name, int longest = 253)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count != 1 || values[0] is not { } text || text.Length > Math.Min(longest, Longest) || text.Any(char.IsControl))
        {
            Add(name, $"must be there once, with at most {longest} characters");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>A number between two; null when there is none.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));
        return null;
    }

    /// <summary>Yes or no; no when it is not there, yes when it is there without a value.</summary>
    public bool Flag(string name)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return false;
        }

        switch (values.Count == 1 ? values[0] : null)
        {
            case "true" or "1" or "":
                return true;
            case "false" or "0":
                return false;
            default:
                Add(name, "must be true or false");
                return false;
        }
    }

    /// <summary>A time; null when there is none.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Add(name, "must be a time such as 2026-01-31T12:00:00Z");
        return null;
    }

    /// <summary>One of some words; null when there is none.</summary>
    public string? Word(string name, params IReadOnlyList<string> words)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Add(name, $"must be one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>Notes what is wrong with one.</summary>
    public void Add(string name, string message) => _errors.Add(new FieldError($"?{name}", message));

    /// <summary>Refuses the request when one is wrong.</summary>
    /// <exception cref="ProblemException">One is.</exception>
    public void Check()
    {
        if (_errors.Count > 0)
        {
            throw Refuse.Malformed(_errors.Count == 1 ? "A parameter of the query is wrong; see errors" : $"{_errors.Count} parameters of the query are wrong; see errors", _errors);
        }
    }
}
