namespace DotMac.Operator.Configuration;

/// <summary>Whether and where the API server may ask before it stores something.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Whether it is served.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 9443;

    /// <summary>
    /// A directory with <c>tls.crt</c> and <c>tls.key</c> that somebody else keeps, such as cert-manager, who then also tells the API server
    /// whom to trust; null: the operator makes its own certificate and does so itself.
    /// </summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Names or addresses besides the Service's that the operator's own certificate is for.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
