namespace DotMac.Kubernetes.Models;

/// <summary>A command that is run inside a container; no shell is involved.</summary>
public sealed class V1ExecAction
{
    /// <summary>The command and its arguments; exit code 0 is success.</summary>
    public IList<string>? Command { get; set; }
}
