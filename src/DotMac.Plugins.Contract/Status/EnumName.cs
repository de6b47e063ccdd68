using System.Text.Json;

namespace DotMac.Plugins.Contract.Status;

/// <summary>Reads an enum by its name, in any case. Numbers are not names.</summary>
internal static class EnumName
{
    /// <summary>Reads the value at the reader; null when it is not the name of a member.</summary>
    public static TEnum? Read<TEnum>(ref Utf8JsonReader reader)
        where TEnum : struct, Enum
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        string name = reader.GetString()!;
        return Array.Find(Enum.GetNames<TEnum>(), known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is string member
            ? Enum.Parse<TEnum>(member)
            : null;
    }
}
