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

    /// <summary>Reads an object; pieces are put together first, which costs less than a reader that minds the seams.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    public static T? Read<T>(in ReadOnlySequence<byte> json, JsonTypeInfo<T> typeInfo)
    {
        if (json.IsSingleSegment)
        {
            return Read(json.FirstSpan, typeInfo);
        }

        var length = (int)json.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(whole);
            return Read(whole.AsSpan(0, length), typeInfo);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    /// <summary>Writes an object.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> typeInfo) => value is Unstructured unstructured
        ? UnstructuredFormat.Write(unstructured)
        : JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
