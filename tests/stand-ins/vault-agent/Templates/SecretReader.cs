using System.Text.Json.Nodes;
using DotMac.Vault.Client;
using DotMac.Vault.KeyValue;

namespace DotMac.StandIns.VaultAgent.Templates;

/// <summary>Reads what <c>secret "mount/data/path"</c> names.</summary>
internal sealed class SecretReader(IVaultClient vault)
{
    private const string Data = "/data/";

    /// <summary>Reads a secret as templates see it.</summary>
    /// <exception cref="TemplateException">There is none, or the path is not one of a key-value engine.</exception>
    /// <exception cref="VaultException">Vault refused, or was not there.</exception>
    public async Task<JsonObject> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var data = path.IndexOf(Data, StringComparison.Ordinal);
        if (data <= 0)
        {
            throw new TemplateException($"secret \"{path}\": this stand-in reads key-value version 2 alone, by paths such as secret/data/name");
        }

        var secret = await vault.KeyValue(path[..data]).ReadAsync(path[(data + Data.Length)..], cancellationToken: cancellationToken);
        if (secret is not { State: KeyValueState.Available })
        {
            throw new TemplateException($"no secret exists at {path}");
        }

        var fields = new JsonObject();
        foreach (var (key, value) in secret.Fields)
        {
            fields[key] = value.IsJson ? JsonNode.Parse(value.Reveal()) : JsonValue.Create(value.Reveal());
        }

        return new JsonObject
        {
            ["Data"] = new JsonObject
            {
                ["data"] = fields,
                ["metadata"] = new JsonObject { ["version"] = secret.Version.Number, ["destroyed"] = false },
            },
        };
    }
}
