namespace DotMac.Operator.Diagnostics;

/// <summary>A part of what <c>/metrics</c> says.</summary>
internal interface IMetricSource
{
    /// <summary>Writes whole families, as they are at this moment. May be called by several scrapers at the same time.</summary>
    /// <param name="writer">Where to. Between lines it is to be drained, so that a long page is never in memory as a whole.</param>
    /// <param name="cancellationToken">The scraper has gone.</param>
    ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken);
}
