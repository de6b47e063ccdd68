using System.Text;
using System.Text.Json;

namespace DotMac.Testing.Cluster;

/// <summary>The file in which kube-apiserver records every request that it has answered.</summary>
internal sealed class AuditLog(string path)
{
    /// <summary>Everything at <c>Metadata</c>: who did what to which object. The server's own loops are left out.</summary>
    public const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
          - level: None
            users: ["system:apiserver"]
          - level: Metadata
        """;

    public long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>The whole lines between two positions.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(long from, long to)
    {
        var text = Encoding.UTF8.GetString(await BytesAsync(from, to));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>The end of the line that holds a text; null while there is none.</summary>
    public async Task<long?> EndOfLineWithAsync(string text, long from)
    {
        var length = Length;
        if (length <= from)
        {
            return null;
        }

        var bytes = await BytesAsync(from, length);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        var end = at < 0 ? -1 : bytes.AsSpan(at).IndexOf((byte)'\n');
        return end < 0 ? null : from + at + end + 1;
    }

    private static AuditEntry Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var reference = root.TryGetProperty("objectRef", out var found) ? found : default;
        return new AuditEntry(
            Text(root, "verb"),
            Text(root, "userAgent"),
            root.TryGetProperty("user", out var user) ? Text(user, "username") : string.Empty,
            Text(root, "requestURI"),
            root.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
            Text(reference, "resource"),
            Text(reference, "namespace"),
            Text(reference, "name"),
            Text(reference, "subresource"),
            root.TryGetProperty("requestReceivedTimestamp", out var received) ? received.GetDateTimeOffset() : default);
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;

    private async Task<byte[]> BytesAsync(long from, long to)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = from;
        var bytes = new byte[to - from];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }
}
