using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Compiled schemas by their content, so that ten thousand configs of one definition compile it once. The least used is
/// dropped.</summary>
/// <param name="capacity">How many schemas are kept.</param>
public sealed class ConfigSchemaCache(int capacity = 128)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>The cache that the whole process shares.</summary>
    public static ConfigSchemaCache Shared { get; } = new();

    /// <summary>How many schemas are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The compiled schema.</summary>
    /// <exception cref="ConfigSchemaException">It is none, or cannot be enforced.</exception>
    public IConfigSchema Get(JsonElement schema)
    {
        var key = Key(schema);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.SchemaOrThrow();
            }
        }

        // Outside the lock: compiling takes milliseconds, and doing it twice at once does no harm.
        var entry = Compile(key, schema);
        lock (_lock)
        {
            if (!_entries.ContainsKey(key))
            {
                _entries.Add(key, _byUse.AddFirst(entry));
                if (_entries.Count > capacity && _byUse.Last is { } oldest)
                {
                    _byUse.RemoveLast();
                    _entries.Remove(oldest.Value.Key);
                }
            }
        }

        return entry.SchemaOrThrow();
    }

    // 128 bits of SHA-256: nobody finds two schemas that share them.
    private static UInt128 Key(JsonElement schema)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(schema), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private static Entry Compile(UInt128 key, JsonElement schema)
    {
        try
        {
            return new Entry(key, NJsonConfigSchema.Compile(schema), null);
        }
        catch (ConfigSchemaException failure)
        {
            return new Entry(key, null, failure.Errors);
        }
    }

    private sealed record Entry(UInt128 Key, IConfigSchema? Schema, IReadOnlyList<ValidationError>? Errors)
    {
        public IConfigSchema SchemaOrThrow() => Schema ?? throw new ConfigSchemaException(Errors!);
    }
}
