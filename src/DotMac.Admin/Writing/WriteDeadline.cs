namespace DotMac.Admin.Writing;

/// <summary>The time in which what was begun is brought to its end, whether or not whoever asked is still there.</summary>
internal static class WriteDeadline
{
    /// <summary>For one request to the API server or Vault, with what it takes to try again.</summary>
    public static readonly TimeSpan One = TimeSpan.FromSeconds(20);
}
