using System.Text;
using System.Text.Json;
using DotMac.Plugins.Contract.References;

namespace DotMac.Admin.Hosting;

/// <summary>Says where in a body something is wrong, in the words of RFC 6901, and what, without repeating any of it. Pure.</summary>
internal static class JsonPath
{
    /// <summary><c>$.security.resource_limits</c> as <c>/security/resource_limits</c>.</summary>
    public static string ToPointer(string? path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '$')
        {
            return string.Empty;
        }

        var (pointer, i) = (new StringBuilder(), 1);
        while (i < path.Length)
        {
            string token;
            if (path.AsSpan(i).StartsWith("['"))
            {
                var end = path.IndexOf("']", i, StringComparison.Ordinal);
                end = end < 0 ? path.Length : end;
                token = path[(i + 2)..end];
                i = end + 2;
            }
            else
            {
                var end = path.IndexOfAny(['.', '['], i + 1);
                end = end < 0 ? path.Length : end;
                token = path[(i + 1)..end].TrimEnd(']');
                i = end;
            }

            pointer.Append('/').Append(JsonPointer.Escape(token));
        }

        return pointer.ToString();
    }

    /// <summary>What is wrong. The library's own words name types of a program, and may quote.</summary>
    public static string Explain(JsonException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message switch
        {
            var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "is not known here; see /docs for the fields that there are",
            var m when m.Contains("uplicate", StringComparison.Ordinal) => "is there twice; leave one of them out",
            var m when m.Contains("could not be converted", StringComparison.Ordinal) => "is of another type than expected; see /docs",
            var m when m.Contains("depth", StringComparison.Ordinal) => "is nested too deep",
            _ => error.LineNumber is { } line ? $"the body is no JSON from line {line + 1}, byte {error.BytePositionInLine} on" : "the body is no JSON",
        };
    }
}
