using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Client;

/// <summary>The verbs of the API for one kind.</summary>
internal sealed class ResourceClient<T> : IResource<T>
    where T : class, IKubernetesEntity
{
    private const string MergePatch = "application/merge-patch+json";
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private const string MetadataListOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private const int InitialAnswer = 8 * 1024;
    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly ApiTransport _transport;
    private readonly JsonTypeInfo<T> _typeInfo;
    private readonly Func<HttpContent, CancellationToken, Task<T?>> _read;

    public ResourceClient(ApiTransport transport, EntityType type, JsonSerializerOptions json)
    {
        _transport = transport;
        Type = type;
        _typeInfo = json.TypeInfo<T>();
        _read = ReadObjectAsync;
    }

    public EntityType Type { get; }

    private static bool IsPartial => typeof(T) == typeof(V1PartialObjectMetadata);

    private static string Accept => IsPartial ? MetadataOnly : "application/json";

    private static string AcceptList => IsPartial ? MetadataListOnly : "application/json";

    public async Task<T?> GetAsync(ObjectKey key, CancellationToken cancellationToken = default)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, Path(key), null, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    public async Task<ListResult<T>> ListAsync(ListOptions options, CancellationToken cancellationToken = default)
    {
        using var response = await _transport.SendAsync(HttpMethod.Get, Query(options), null, null, cancellationToken, AcceptList)
            .ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await ListReader.ReadAsync(stream, _typeInfo, _transport.RequestTimeout, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<T> CreateAsync(T entity, CancellationToken cancellationToken = default)
    {
        var key = ObjectKey.Of(entity);
        return SendAsync(HttpMethod.Post, Type.Path(key.Namespace), Serialize(entity), null, cancellationToken);
    }

    public Task<T> CreateAsync(T entity, WriteOptions options, CancellationToken cancellationToken = default)
    {
        var key = ObjectKey.Of(entity);
        return SendAsync(HttpMethod.Post, Type.Path(key.Namespace) + Query(options), Serialize(entity), null, cancellationToken);
    }

    public Task<T> UpdateAsync(T entity, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, Path(ObjectKey.Of(entity)), Serialize(entity), null, cancellationToken);

    public Task<T> ApplyAsync(T entity, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        var path = new StringBuilder(Path(ObjectKey.Of(entity)))
            .Append("?fieldManager=").Append(Uri.EscapeDataString(options.FieldManager))
            .Append(options.Force ? "&force=true" : string.Empty)
            .Append(options.DryRun ? "&dryRun=All" : string.Empty)
            .ToString();
        return SendAsync(HttpMethod.Patch, path, Serialize(entity), ApplyPatch, cancellationToken);
    }

    public Task<T> PatchAsync(ObjectKey key, JsonNode patch, string? subresource = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Patch,
            Type.Path(key.Namespace, key.Name, subresource),
            Encoding.UTF8.GetBytes(patch.ToJsonString(KubernetesJson.Default)),
            MergePatch,
            cancellationToken);

    public Task<T> PatchAsync(ObjectKey key, WriteOptions options, JsonNode patch, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, Path(key) + Query(options), Encoding.UTF8.GetBytes(patch.ToJsonString(KubernetesJson.Default)), MergePatch, cancellationToken);

    public async Task<bool> DeleteAsync(ObjectKey key, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions" };
        if (options?.Propagation is { } propagation)
        {
            body["propagationPolicy"] = propagation.ToString();
        }

        if (options?.GracePeriodSeconds is { } grace)
        {
            body["gracePeriodSeconds"] = grace;
        }

        if (options?.Uid is not null || options?.ResourceVersion is not null)
        {
            body["preconditions"] = new JsonObject { ["uid"] = options.Uid, ["resourceVersion"] = options.ResourceVersion };
        }

        try
        {
            using var response = await _transport.SendAsync(
                HttpMethod.Delete, Path(key), Encoding.UTF8.GetBytes(body.ToJsonString(KubernetesJson.Default)), null, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        ListOptions options,
        WatchOptions watch,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Watches that were opened together are not to end together.
        var timeout = watch.Timeout * (0.75 + (Random.Shared.NextDouble() * 0.5));
        var path = Query(options with { Limit = null, Continue = null, ResourceVersion = watch.ResourceVersion })
            + "&watch=1&allowWatchBookmarks=true&timeoutSeconds="
            + Math.Max(1, (int)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        using var response = await _transport.SendAsync(HttpMethod.Get, path, null, null, cancellationToken, Accept).ConfigureAwait(false);
        watch.Opened?.Invoke();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var events = WatchReader.ReadAsync(stream, _typeInfo, watch.IdleTimeout, cancellationToken);
            await foreach (var item in events.ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }

    private static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Append(query[^1] == '?' ? string.Empty : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static string Query(WriteOptions options)
    {
        var query = new StringBuilder("?");
        Append(query, "dryRun", options.DryRun ? "All" : null);
        Append(query, "fieldManager", options.FieldManager);
        return query.Length == 1 ? string.Empty : query.ToString();
    }

    private string Query(ListOptions options)
    {
        var query = new StringBuilder(Type.Path(options.Namespace)).Append('?');
        Append(query, "labelSelector", options.LabelSelector);
        Append(query, "fieldSelector", options.FieldSelector);
        Append(query, "limit", options.Limit?.ToString(CultureInfo.InvariantCulture));
        Append(query, "continue", options.Continue);
        Append(query, "resourceVersion", options.ResourceVersion);
        return query.ToString();
    }

    private string Path(ObjectKey key)
    {
        if (key.Name.Length == 0)
        {
            throw new ArgumentException($"a {Type.Kind} without metadata.name cannot be addressed", nameof(key));
        }

        return Type.Path(key.Namespace, key.Name);
    }

    private byte[] Serialize(T entity) => ObjectJson.Write(entity, _typeInfo);

    private async Task<T> SendAsync(HttpMethod method, string path, byte[]? body, string? contentType, CancellationToken cancellationToken)
    {
        using var response = await _transport.SendAsync(method, path, body, contentType, cancellationToken, Accept).ConfigureAwait(false);
        return await _transport.ReadAsync(response, _read, cancellationToken).ConfigureAwait(false)
            ?? throw new ApiException($"{method} {path}: the API server answered null");
    }

    private async Task<T?> ReadObjectAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // Whole and then parsed: a parser that can stop at any byte costs more than the wait for the last of a few kilobytes.
            var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((content.Headers.ContentLength ?? 0) + 1, InitialAnswer, LargestAnswer));
            try
            {
                var length = 0;
                while (true)
                {
                    var count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    if (count == 0)
                    {
                        return ObjectJson.Read(buffer.AsSpan(0, length), _typeInfo);
                    }

                    length += count;
                    if (length == buffer.Length)
                    {
                        buffer = Grown(buffer);
                    }
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grown(byte[] buffer)
    {
        if (buffer.Length > LargestAnswer)
        {
            throw new InvalidDataException($"an answer of more than {LargestAnswer} bytes");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
