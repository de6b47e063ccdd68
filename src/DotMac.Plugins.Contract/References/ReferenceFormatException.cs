namespace DotMac.Plugins.Contract.References;

/// <summary>A config string holds a malformed reference.</summary>
public sealed class ReferenceFormatException : FormatException
{
    /// <summary>Creates the exception for an error.</summary>
    /// <param name="error">What is wrong, and where.</param>
    public ReferenceFormatException(ReferenceError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Message) => Column = error.Column;

    /// <summary>Creates an exception without a position.</summary>
    public ReferenceFormatException()
    {
    }

    /// <summary>Creates an exception without a position.</summary>
    /// <param name="message">What is wrong.</param>
    public ReferenceFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a position.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public ReferenceFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Where in the string, 1-based, in UTF-16 code units; 0 when not known.</summary>
    public int Column { get; }
}
