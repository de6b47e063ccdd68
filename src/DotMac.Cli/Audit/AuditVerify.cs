using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Audit.Chain;
using DotMac.Audit.Files;
using DotMac.Audit.Verification;

namespace DotMac.Cli.Audit;

/// <summary><c>dotmac audit verify</c>.</summary>
internal sealed class AuditVerify(Terminal terminal)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Verifies and tells.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(string path, string? keyFile, string? expected, VerifyFormat format)
    {
        try
        {
            var trails = Find(path);
            if (trails.Count == 0)
            {
                return Unusable($"{path}: there is no audit trail. Name the file that the operator was given with --audit-file, or its directory");
            }

            if (expected is not null && trails.Count > 1)
            {
                return Unusable($"--expect-hash: {path} has {trails.Count} trails; name the file of one of them");
            }

            if (ReadKey(keyFile) is not { } key)
            {
                return Unusable($"--key-file: {keyFile} has fewer than {ChainHash.ShortestKey} bytes, and is no key of a trail");
            }

            var results = trails.Select(trail => (Trail: trail, Result: AuditTrail.Verify(trail, new ChainHash(key), expected))).ToList();
            if (format == VerifyFormat.Json)
            {
                terminal.Out.WriteLine(new JsonArray([.. results.Select(static r => (JsonNode)Json(r.Trail, r.Result))]).ToJsonString(Indented));
            }
            else
            {
                results.ForEach(r => Tell(r.Trail, r.Result));
            }

            return results.TrueForAll(static r => r.Result.IsIntact) ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable($"{e.Message} Run it as the user that may read the trail");
        }
    }

    private static IReadOnlyList<AuditFileSet> Find(string path)
    {
        if (Directory.Exists(path))
        {
            return AuditFileSet.In(path);
        }

        var trail = new AuditFileSet(path);
        return File.Exists(trail.Live) || File.Exists(trail.Head) || trail.Rotated().Count > 0 ? [trail] : [];
    }

    // Null for a key that cannot be one; empty where none was given.
    private static byte[]? ReadKey(string? file)
    {
        var key = file is null ? [] : File.ReadAllBytes(file);
        return file is not null && key.Length < ChainHash.ShortestKey ? null : key;
    }

    private int Unusable(string message)
    {
        terminal.Error.WriteLine($"error: {message}");
        return ExitCodes.Unusable;
    }

    private void Tell(AuditFileSet trail, AuditVerification result)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"trail    {trail.Live}");
        text.AppendLine(CultureInfo.InvariantCulture, $"lines    {result.Lines}{(result.First is null ? string.Empty : $", {result.First} to {result.Last}")}");
        if (result.From is { } from && result.Until is { } until)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"written  {from:u} to {until:u}");
        }

        if (result.LastHash is { } hash)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"hash     {hash}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"result   {(result.IsIntact ? "whole" : $"DAMAGED: {result.Findings.Count + result.MoreFindings} findings")}");
        foreach (var finding in result.Findings)
        {
            var place = finding.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}") : finding.File;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.Kind,-11}  {place}: {finding.Message}");
        }

        if (result.MoreFindings > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  … and {result.MoreFindings} more");
        }

        terminal.Out.Write(text);
    }

    private static JsonObject Json(AuditFileSet trail, AuditVerification result) => new()
    {
        ["trail"] = trail.Live,
        ["intact"] = result.IsIntact,
        ["lines"] = result.Lines,
        ["first"] = result.First,
        ["last"] = result.Last,
        ["from"] = result.From,
        ["until"] = result.Until,
        ["lastHash"] = result.LastHash,
        ["findings"] = new JsonArray([.. result.Findings.Select(static f => new JsonObject
        {
            ["kind"] = f.Kind.ToString(), ["file"] = f.File, ["line"] = f.Line, ["seq"] = f.Seq, ["message"] = f.Message,
        })]),
        ["moreFindings"] = result.MoreFindings,
    };
}
