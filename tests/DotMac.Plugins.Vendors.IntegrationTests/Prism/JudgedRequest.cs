namespace DotMac.Plugins.Vendors.IntegrationTests.Prism;

/// <summary>A request as Prism has judged it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with what the vendor's address has before it; without the query.</param>
/// <param name="Faults">What the vendor's description has against it; empty when it is good.</param>
internal sealed record JudgedRequest(string Method, string Path, IReadOnlyList<string> Faults)
{
    /// <summary>Method and path.</summary>
    public string Line => $"{Method} {Path}";

    /// <summary>Method and path, and the faults.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Faults.Count == 0 ? Line : $"{Line}: {string.Join("; ", Faults)}";
}
