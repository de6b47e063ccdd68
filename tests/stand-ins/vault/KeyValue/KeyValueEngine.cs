using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vault.Core;

namespace DotMac.StandIns.Vault.KeyValue;

/// <summary>A key-value engine, version 2. https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2</summary>
internal sealed class KeyValueEngine(TimeProvider clock) : IBackend
{
    private const int DefaultMaximumVersions = 10;
    private const int MaximumSubkeysDepth = 100;
    private const int MaximumCustomMetadata = 64;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Secret> _secrets = new(StringComparer.Ordinal);
    private int _maximumVersions;
    private bool _isCasRequired;

    public string Type => "kv";

    public bool IsOpen(string path) => false;

    public bool Exists(string path)
    {
        var (part, key) = Split(path);
        lock (_gate)
        {
            return part is not ("data" or "metadata") || _secrets.ContainsKey(key);
        }
    }

    public Task<Reply> HandleAsync(LogicalRequest request, CancellationToken cancellationToken)
    {
        var (part, key) = Split(request.Path);
        lock (_gate)
        {
            return Task.FromResult((part, request.Operation) switch
            {
                ("config", Operation.Read) => Reply.Ok(new JsonObject { ["max_versions"] = _maximumVersions, ["cas_required"] = _isCasRequired, ["delete_version_after"] = "0s" }),
                ("config", Operation.Create or Operation.Update) => Configure(request),
                ("metadata", Operation.List) => List(key),
                (_, _) when key.Length == 0 => Reply.Error(404, $"unsupported path \"{request.Path}\""),
                ("data", Operation.Read) => Read(key, request, "data", static data => data.DeepClone()),
                ("data", Operation.Create or Operation.Update) => Write(key, request),
                ("data", Operation.Patch) => Patch(key, request),
                ("data", Operation.Delete) => DeleteCurrent(key),
                ("subkeys", Operation.Read) => Read(key, request, "subkeys", data => Subkeys(data, request.Number("depth"))),
                ("metadata", Operation.Read) => ReadMetadata(key),
                ("metadata", Operation.Create or Operation.Update or Operation.Patch) => WriteMetadata(key, request),
                ("metadata", Operation.Delete) => Remove(key),
                ("delete", Operation.Create or Operation.Update) => Change(key, request, v => v.DeletedAt = v.IsGone(Now) ? v.DeletedAt : Now),
                ("undelete", Operation.Create or Operation.Update) => Change(key, request, static v => v.DeletedAt = null),
                ("destroy", Operation.Create or Operation.Update) => Change(key, request, static v => v.Destroy()),
                ("data" or "metadata" or "subkeys" or "delete" or "undelete" or "destroy" or "config", _) => Reply.Error(405, "unsupported operation"),

                // What the engine answers to a path that was meant for version 1.
                _ => new Reply(404, Errors: [], Warnings: ["Invalid path for a versioned K/V secrets engine."]),
            });
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private static (string Part, string Key) Split(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, string.Empty) : (path[..slash], path[(slash + 1)..]);
    }

    private static JsonObject Subkeys(JsonObject data, int depth)
    {
        return Walk(data, 1);

        JsonObject Walk(JsonObject level, int at)
        {
            var keys = new JsonObject();
            foreach (var (key, value) in level)
            {
                keys[key] = value is JsonObject { Count: > 0 } below && at < MaximumSubkeysDepth && (depth == 0 || at < depth) ? Walk(below, at + 1) : null;
            }

            return keys;
        }
    }

    private Reply Configure(LogicalRequest request)
    {
        _maximumVersions = request.Body.ContainsKey("max_versions") ? request.Number("max_versions") : _maximumVersions;
        _isCasRequired = request.Flag("cas_required") ?? _isCasRequired;
        return Reply.NoContent;
    }

    private Reply Read(string key, LogicalRequest request, string field, Func<JsonObject, JsonNode> content)
    {
        if (!_secrets.TryGetValue(key, out var secret)
            || !secret.Versions.TryGetValue(request.Number("version") is > 0 and var number ? number : secret.Current, out var version))
        {
            return Reply.NotFound;
        }

        var isGone = version.IsGone(Now);
        return new Reply(isGone ? 404 : 200, new JsonObject { [field] = isGone ? null : content(version.Data!), ["metadata"] = secret.Describe(version) });
    }

    private Reply? RefusedCas(LogicalRequest request, Secret? secret)
    {
        if (request.Body["options"] is JsonObject options && options["cas"] is { } cas)
        {
            return !int.TryParse(cas.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var expected)
                ? Reply.Error(400, "error parsing check-and-set parameter")
                : expected != (secret?.Current ?? 0) ? Reply.Error(400, "check-and-set parameter did not match the current version") : null;
        }

        return _isCasRequired || secret?.IsCasRequired == true ? Reply.Error(400, "check-and-set parameter required for this call") : null;
    }

    private Reply Write(string key, LogicalRequest request)
    {
        if (key.EndsWith('/') || request.Body["data"] is not JsonObject data)
        {
            return Reply.Error(400, "no data provided");
        }

        _secrets.TryGetValue(key, out var secret);
        return RefusedCas(request, secret) ?? Add(key, secret, (JsonObject)data.DeepClone());
    }

    private Reply Patch(string key, LogicalRequest request)
    {
        if (request.Body["data"] is not JsonObject patch)
        {
            return Reply.Error(400, "no data provided");
        }

        if (!_secrets.TryGetValue(key, out var secret) || !secret.Versions.TryGetValue(secret.Current, out var version))
        {
            return Reply.NotFound;
        }

        if (RefusedCas(request, secret) is { } refusal)
        {
            return refusal;
        }

        if (version.IsGone(Now))
        {
            return new Reply(404, secret.Describe(version));
        }

        var data = (JsonObject)version.Data!.DeepClone();
        Merge(data, patch);
        return Add(key, secret, data);

        static void Merge(JsonObject into, JsonObject patch)
        {
            foreach (var (name, value) in patch)
            {
                if (value is null)
                {
                    into.Remove(name);
                }
                else if (value is JsonObject inner)
                {
                    if (into[name] is not JsonObject)
                    {
                        into[name] = new JsonObject();
                    }

                    Merge((JsonObject)into[name]!, inner);
                }
                else
                {
                    into[name] = value.DeepClone();
                }
            }
        }
    }

    private Reply Add(string key, Secret? secret, JsonObject data)
    {
        var now = Now;
        secret ??= _secrets[key] = new Secret(now);
        var version = new SecretVersion(secret.Current + 1, data, now, secret.DeleteVersionAfter > TimeSpan.Zero ? now + secret.DeleteVersionAfter : null);
        secret.Versions[version.Number] = version;
        secret.Current = version.Number;
        secret.UpdatedAt = now;
        var kept = secret.MaximumVersions > 0 ? secret.MaximumVersions : _maximumVersions > 0 ? _maximumVersions : DefaultMaximumVersions;
        foreach (var old in secret.Versions.Keys.Where(n => n <= secret.Current - kept).ToList())
        {
            secret.Versions.Remove(old);
        }

        return Reply.Ok(secret.Describe(version));
    }

    private Reply DeleteCurrent(string key)
    {
        if (_secrets.TryGetValue(key, out var secret) && secret.Versions.TryGetValue(secret.Current, out var version) && !version.IsGone(Now))
        {
            version.DeletedAt = Now;
        }

        return Reply.NoContent;
    }

    private Reply Change(string key, LogicalRequest request, Action<SecretVersion> change)
    {
        if (request.Names("versions") is not { Count: > 0 } numbers)
        {
            return Reply.Error(400, "No version number provided");
        }

        if (!_secrets.TryGetValue(key, out var secret))
        {
            return Reply.NotFound;
        }

        foreach (var text in numbers)
        {
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && secret.Versions.TryGetValue(number, out var version) && !version.IsDestroyed)
            {
                change(version);
            }
        }

        return Reply.NoContent;
    }

    private Reply Remove(string key)
    {
        _secrets.Remove(key);
        return Reply.NoContent;
    }

    private Reply ReadMetadata(string key)
    {
        if (!_secrets.TryGetValue(key, out var secret))
        {
            return Reply.NotFound;
        }

        var versions = new JsonObject();
        foreach (var version in secret.Versions.Values)
        {
            versions[version.Number.ToString(CultureInfo.InvariantCulture)] = version.Describe();
        }

        return Reply.Ok(new JsonObject
        {
            ["cas_required"] = secret.IsCasRequired,
            ["created_time"] = Duration.Text(secret.CreatedAt),
            ["current_version"] = secret.Current,
            ["custom_metadata"] = secret.CustomMetadata?.DeepClone(),
            ["delete_version_after"] = Duration.Text(secret.DeleteVersionAfter),
            ["max_versions"] = secret.MaximumVersions,
            ["oldest_version"] = secret.Versions.Count == secret.Current ? 0 : secret.Versions.Keys.FirstOrDefault(),
            ["updated_time"] = Duration.Text(secret.UpdatedAt),
            ["versions"] = versions,
        });
    }

    private Reply WriteMetadata(string key, LogicalRequest request)
    {
        var custom = request.Body["custom_metadata"] as JsonObject;
        if (custom?.Count > MaximumCustomMetadata)
        {
            return Reply.Error(400, $"custom_metadata validation failed: payload must contain at most {MaximumCustomMetadata} keys, provided {custom.Count}");
        }

        if (!_secrets.TryGetValue(key, out var secret))
        {
            if (request.Operation == Operation.Patch)
            {
                return Reply.NotFound;
            }

            secret = _secrets[key] = new Secret(Now);
        }

        secret.MaximumVersions = request.Body.ContainsKey("max_versions") ? request.Number("max_versions") : secret.MaximumVersions;
        secret.IsCasRequired = request.Flag("cas_required") ?? secret.IsCasRequired;
        secret.DeleteVersionAfter = request.Time("delete_version_after") ?? secret.DeleteVersionAfter;
        if (custom is not null)
        {
            var merged = request.Operation == Operation.Patch && secret.CustomMetadata is { } old ? (JsonObject)old.DeepClone() : [];
            foreach (var (name, value) in custom)
            {
                if (value is null)
                {
                    merged.Remove(name);
                }
                else
                {
                    merged[name] = value.ToString();
                }
            }

            secret.CustomMetadata = merged;
        }

        return Reply.NoContent;
    }

    private Reply List(string folder)
    {
        var prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        return Reply.Keys(_secrets.Keys
            .Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && k.Length > prefix.Length)
            .Select(k => k[prefix.Length..])
            .Select(static k => k.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? k[..(slash + 1)] : k)
            .Distinct());
    }
}
