using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Whole objects, from and to bytes that lie together.</summary>
internal static class ObjectJson
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> typeInfo) => typeof(T) == typeof(Unstructured)
        ? (T)(object)UnstructuredFormat.Parse(json)
        : JsonSerializer.Deserialize(json, typeInfo);

    /// <summary>Reads an object from pieces.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    public static T? Read<T>(in ReadOnlySequence<byte> json, JsonTypeInfo<T> typeInfo)
    {
        using var whole = new JoinedBytes(json);
        return Read(whole.Span, typeInfo);
    }

    /// <summary>Writes an object.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> typeInfo) => value is Unstructured unstructured
        ? UnstructuredFormat.Write(unstructured)
        : JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
