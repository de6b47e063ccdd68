namespace DotMac.Operator.Configuration;

/// <summary>How the operator reaches the pods of plugins.</summary>
internal enum ProbeRoute
{
    /// <summary>By their addresses from inside the cluster, through the API server from outside.</summary>
    Auto,

    /// <summary>By their addresses.</summary>
    PodAddress,

    /// <summary>Through the API server's proxy: slower, and works from anywhere.</summary>
    ApiServer,
}
