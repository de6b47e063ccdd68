namespace DotMac.Operator.Diagnostics;

/// <summary>The types that a family of the exposition may have.</summary>
internal enum MetricType
{
    /// <summary>Only ever goes up, until the process starts anew.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts by bucket.</summary>
    Histogram,

    /// <summary>Percentiles that the source has worked out.</summary>
    Summary,
}
