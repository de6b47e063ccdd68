using DotMac.Plugins.Contract.Problems;

namespace DotMac.Plugins.Sdk.Errors;

/// <summary>The caller must change the request (422).</summary>
/// <param name="message">What is wrong and what to do, for the caller.</param>
/// <param name="errors">Which fields, when it can be told.</param>
/// <param name="innerException">What caused it.</param>
public sealed class InvalidRequestException(string message, IReadOnlyList<FieldProblem>? errors = null, Exception? innerException = null)
    : PluginException(message, innerException)
{
    /// <summary>Which fields are wrong.</summary>
    public IReadOnlyList<FieldProblem> Errors { get; } = errors ?? [];
}
