using Microsoft.Extensions.Logging;

namespace DotMac.Testing.Logging;

/// <summary>One line of a log.</summary>
public sealed record LogEntry(LogLevel Level, string Message, Exception? Exception);
