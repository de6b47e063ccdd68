using System.Collections.Immutable;
using System.IO.Pipelines;

namespace DotMac.Operator.Diagnostics;

/// <summary>All that <c>/metrics</c> says, one source after the other. No two sources may write a family of the same name.</summary>
internal sealed class MetricsPage
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private ImmutableArray<IMetricSource> _sources = [];

    /// <summary>Adds a source, at any time.</summary>
    public void Add(IMetricSource source) => ImmutableInterlocked.Update(ref _sources, static (sources, added) => sources.Add(added), source);

    /// <summary>Writes the whole page.</summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var writer = new ExpositionWriter(output);
        foreach (var source in _sources)
        {
            await source.WriteAsync(writer, cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }
}
