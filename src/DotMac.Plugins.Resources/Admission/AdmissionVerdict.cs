using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Admission;

/// <summary>Whether a change may be made.</summary>
/// <param name="Errors">Why not; empty when it may.</param>
/// <param name="Warnings">What whoever asks should know all the same.</param>
public sealed record AdmissionVerdict(IReadOnlyList<ValidationError> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>It may, and there is nothing to say.</summary>
    public static AdmissionVerdict Allowed { get; } = new([], []);
}
