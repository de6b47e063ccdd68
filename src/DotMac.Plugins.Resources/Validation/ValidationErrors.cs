namespace DotMac.Plugins.Resources.Validation;

/// <summary>Lists of errors as text.</summary>
public static class ValidationErrors
{
    /// <summary>The first errors in one line, for conditions and events, and how many more there are.</summary>
    /// <param name="errors">The errors.</param>
    /// <param name="most">How many are spelled out.</param>
    public static string Summary(this IReadOnlyList<ValidationError> errors, int most = 5)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var shown = string.Join("; ", errors.Take(most));
        return errors.Count > most ? $"{shown}; and {errors.Count - most} more" : shown;
    }
}
