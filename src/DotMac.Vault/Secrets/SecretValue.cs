using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Vault.Secrets;

/// <summary>
/// A value that must not be seen: a field of a secret, a service account's token. It prints, logs and serializes as <c>[redacted]</c>; whoever
/// needs the value says so with <see cref="Reveal"/>.
/// </summary>
[DebuggerDisplay(SecretText.Redacted)]
[JsonConverter(typeof(SecretValueConverter))]
public sealed class SecretValue : IEquatable<SecretValue>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    private SecretValue(string text, bool isJson)
    {
        _text = text;
        IsJson = isJson;
    }

    /// <summary>A secret text.</summary>
    /// <param name="text">The text as it is.</param>
    public SecretValue(string text)
        : this(text ?? throw new ArgumentNullException(nameof(text)), isJson: false)
    {
    }

    /// <summary>Whether the value is JSON (a number, an object, …) rather than a text: Vault's key-value engine stores either.</summary>
    public bool IsJson { get; }

    /// <summary>Two secrets that hold the same.</summary>
    public static bool operator ==(SecretValue? left, SecretValue? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Two secrets that do not hold the same.</summary>
    public static bool operator !=(SecretValue? left, SecretValue? right) => !(left == right);

    /// <summary>A secret that is no text.</summary>
    /// <param name="json">One JSON value.</param>
    /// <exception cref="ArgumentException">It is not JSON; the message does not repeat it.</exception>
    public static SecretValue OfJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return OfJson(document.RootElement);
        }
        catch (JsonException)
        {
            // Not as the inner exception: its message quotes what it stumbled over.
            throw new ArgumentException("not a JSON value", nameof(json));
        }
    }

    /// <summary>A secret out of a JSON document: a text when it is a string there.</summary>
    public static SecretValue OfJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? new SecretValue(json.GetString()!) : new SecretValue(json.GetRawText(), isJson: true);

    /// <summary>The value: the text as it is, anything else as JSON. The caller answers for where it goes.</summary>
    public string Reveal() => _text;

    /// <summary>Writes the value to where it belongs, and only there: the body of a request, a file of the one who may read it.</summary>
    public void RevealTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (IsJson)
        {
            writer.WriteRawValue(_text);
        }
        else
        {
            writer.WriteStringValue(_text);
        }
    }

    /// <inheritdoc />
    public bool Equals(SecretValue? other) => other is not null && IsJson == other.IsJson && SecretText.AreEqual(_text, other._text);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SecretValue);

    /// <summary>The same for all: a hash would tell equal secrets apart from unequal ones wherever it is logged.</summary>
    public override int GetHashCode() => 0;

    /// <inheritdoc />
    public override string ToString() => SecretText.Redacted;
}
