namespace DotMac.Admin.Access;

/// <summary>What is done to TenantPlugins, in the words of Kubernetes' RBAC.</summary>
internal static class Verbs
{
    public const string Get = "get";
    public const string List = "list";
    public const string Create = "create";
    public const string Patch = "patch";
    public const string Delete = "delete";
}
