using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Json;
using DotMac.Plugins.Sdk.Mounted;

namespace DotMac.Plugins.Sdk.Config;

/// <summary>Reads the config and the secrets it refers to from the mounted files.</summary>
internal sealed class ConfigLoader(MountedFiles files, Type? configType)
{
    /// <summary>Looks at the files now.</summary>
    /// <param name="pinned">The config file's bytes to use instead of the file's; secrets are read afresh all the same.</param>
    public LoadedConfig Load(byte[]? pinned)
    {
        if (configType is null)
        {
            return new LoadedConfig(null, [], "", [], []);
        }

        byte[]? source;
        try
        {
            source = pinned ?? files.ReadConfig();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed([], $"{files.ConfigPath} cannot be read ({exception.GetType().Name}); check its mode and the pod's user.");
        }

        return source is null
            ? Failed([], $"{files.ConfigPath} does not exist; mount the plugin's config there.")
            : Load(source, configType);
    }

    private LoadedConfig Load(byte[] source, Type type)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(source, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            string where = exception.LineNumber is long line ? $"look at line {line + 1}, byte {exception.BytePositionInLine + 1}" : "a member stands there twice";
            return Failed(source, $"{files.ConfigPath} is not proper JSON: {where}.");
        }

        using (document)
        {
            ResolvedConfig resolved = ConfigResolver.Resolve(document.RootElement, files.Lookup);
            if (resolved.Problems.Count > 0)
            {
                return new LoadedConfig(null, source, "", resolved.Secrets, resolved.Problems);
            }

            byte[] json = JsonSerializer.SerializeToUtf8Bytes(resolved.Json ?? new JsonObject());
            (object? value, IReadOnlyList<FieldProblem> problems) = JsonBinder.Bind(JsonElement.Parse(json), type, PluginJson.Config);
            return new LoadedConfig(value, source, Convert.ToHexString(SHA256.HashData(json)), resolved.Secrets, problems);
        }
    }

    private static LoadedConfig Failed(byte[] source, string problem) =>
        new(null, source, "", [], [new FieldProblem(JsonPointer.Root, problem)]);
}
