namespace DotMac.StandIns.Vault.Core;

/// <summary>What is mounted somewhere.</summary>
internal interface IBackend
{
    /// <summary>Its type, as <c>sys/mounts</c> tells it.</summary>
    string Type { get; }

    /// <summary>Whether what a write goes to is there: then it is an update and no creation. True where the backend does not look.</summary>
    bool Exists(string path);

    /// <summary>Whether the path needs no token.</summary>
    bool IsOpen(string path);

    Task<Reply> HandleAsync(LogicalRequest request, CancellationToken cancellationToken);
}
