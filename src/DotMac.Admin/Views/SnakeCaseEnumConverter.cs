using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Admin.Views;

/// <summary>Writes an enumeration as the guide writes words.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
