using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace DotMac.Testing.Logging;

/// <inheritdoc />
public sealed class TestLogger<T>(ITestOutputHelper? output = null) : TestLogger(output), ILogger<T>;
