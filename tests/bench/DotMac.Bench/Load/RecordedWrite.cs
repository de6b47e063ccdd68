namespace DotMac.Bench.Load;

/// <summary>One write that the operator sent for a TenantPlugin, with places for what differs from one to the next.</summary>
/// <param name="Method">POST, PATCH …</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">As the operator sent it.</param>
/// <param name="ContentType">The body's type.</param>
internal sealed record RecordedWrite(HttpMethod Method, string Path, string Body, string ContentType)
{
    private const string UidPlace = "@uid@";
    private const string VersionPlace = "@version@";
    private const string NamePlace = "@name@";
    private const string NamespacePlace = "@namespace@";
    private const string TenantPlace = "@tenant@";
    private const string NumberPlace = "@number@";

    /// <summary>Whether it is sent to the TenantPlugin itself.</summary>
    public bool IsOfPlugin { get; } = Path.Contains("/tenantplugins/", StringComparison.Ordinal);

    /// <summary>What is recorded of the first TenantPlugin, for all of them.</summary>
    public static RecordedWrite Of(HttpMethod method, string path, string body, string contentType, string uid, string? version) =>
        new(method, General(path), General(version is null ? body : body.Replace($"\"{version}\"", $"\"{VersionPlace}\"", StringComparison.Ordinal))
            .Replace(uid, UidPlace, StringComparison.Ordinal), contentType);

    public string PathOf(int index) => Special(Path, index);

    public string BodyOf(int index, string uid, string version) => Special(Body, index)
        .Replace(UidPlace, uid, StringComparison.Ordinal)
        .Replace(VersionPlace, version, StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}, {Body.Length} bytes";

    private static string General(string text) => text
        .Replace(Tenants.Name(0), NamePlace, StringComparison.Ordinal)
        .Replace(Tenants.Namespace(0), NamespacePlace, StringComparison.Ordinal)
        .Replace(Tenants.Tenant(0), TenantPlace, StringComparison.Ordinal)
        .Replace(Tenants.Number(0), NumberPlace, StringComparison.Ordinal);

    private static string Special(string text, int index) => text
        .Replace(NamePlace, Tenants.Name(index), StringComparison.Ordinal)
        .Replace(NamespacePlace, Tenants.Namespace(index), StringComparison.Ordinal)
        .Replace(TenantPlace, Tenants.Tenant(index), StringComparison.Ordinal)
        .Replace(NumberPlace, Tenants.Number(index), StringComparison.Ordinal);
}
