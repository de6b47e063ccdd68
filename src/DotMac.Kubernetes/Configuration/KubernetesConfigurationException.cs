namespace DotMac.Kubernetes.Configuration;

/// <summary>There is no usable description of the API server and of who we are; the message says what to do.</summary>
public sealed class KubernetesConfigurationException : Exception
{
    /// <summary>An error without details.</summary>
    public KubernetesConfigurationException()
    {
    }

    /// <summary>An error with a message.</summary>
    public KubernetesConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public KubernetesConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
