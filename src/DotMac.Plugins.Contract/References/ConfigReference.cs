namespace DotMac.Plugins.Contract.References;

/// <summary>
/// One reference inside a config string. Instances from <see cref="ConfigTemplate"/> are well-formed: their path has no empty, <c>.</c> or
/// <c>..</c> segment and no character that means something to a URL, a shell, a Vault policy or an agent template.
/// </summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Path">Vault: the secret's path, <c>a/b</c> of <c>${vault:a/b/key}</c>. Secret: the Secret's name. Env: empty.</param>
/// <param name="Key">Vault and Secret: the key inside the secret. Env: the variable's name.</param>
public sealed record ConfigReference(ReferenceKind Kind, string Path, string Key)
{
    /// <summary>The reference as it is written in a config: <c>${vault:twilio/auth_token}</c>. Never contains a value.</summary>
    public override string ToString() => Kind switch
    {
        ReferenceKind.Vault => $"${{vault:{Path}/{Key}}}",
        ReferenceKind.Secret => $"${{secret:{Path}/{Key}}}",
        _ => $"${{env:{Key}}}",
    };
}
