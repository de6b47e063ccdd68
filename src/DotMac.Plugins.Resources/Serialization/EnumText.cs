using System.Reflection;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>The names of enum members as they stand in manifests.</summary>
public static class EnumText
{
    private const string UnknownName = "Unknown";

    /// <summary>The name of a member: that of <see cref="JsonStringEnumMemberNameAttribute"/>, or the member's own.</summary>
    /// <returns>The name; <c>Unknown</c> for a value that is no member.</returns>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.GetName(value) is { } member
            ? typeof(TEnum).GetField(member)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? member
            : UnknownName;

    /// <summary>The names of all members, in order of their values.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(Of)];

    /// <summary>
    /// What a name that this version does not know is read as: the member <c>Unknown</c> where there is one, else -1, for which
    /// <see cref="Enum.IsDefined{TEnum}(TEnum)"/> is false.
    /// </summary>
    public static TEnum Unknown<TEnum>()
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(UnknownName, out var member) ? member : (TEnum)Enum.ToObject(typeof(TEnum), -1);
}
