namespace DotMac.Kubernetes.LeaderElection;

/// <summary>This process does not lead, or not any more.</summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>Without details.</summary>
    public LeadershipLostException()
        : this("this process does not lead")
    {
    }

    /// <summary>With a message.</summary>
    public LeadershipLostException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public LeadershipLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
