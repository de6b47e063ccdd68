namespace DotMac.Testing;

/// <summary>Where the checkout is that the tests run from.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The directory of <c>DotMac.Operator.sln</c>.</summary>
    public static string Path => Found.Value;

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "DotMac.Operator.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"no DotMac.Operator.sln in any directory above {AppContext.BaseDirectory}");
    }
}
