namespace DotMac.Operator.Diagnostics;

/// <summary>One instrument's values under one set of labels.</summary>
/// <param name="labels">Its labels, as they stand between the braces.</param>
/// <param name="bounds">A histogram's upper bounds, in the instrument's unit; null for everything else.</param>
internal sealed class InstrumentSeries(string labels, double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[]? _counts = bounds is null ? null : new long[bounds.Length + 1];
    private double _value;
    private long _count;
    private int _pass;

    /// <summary>Its labels.</summary>
    public string Labels => labels;

    /// <summary>The round of observation that told of it last.</summary>
    public int Pass => Volatile.Read(ref _pass);

    /// <summary>Adds to it.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
            _count++;
            if (_counts is not null)
            {
                var bucket = Array.FindIndex(bounds!, bound => value <= bound);
                _counts[bucket < 0 ? _counts.Length - 1 : bucket]++;
            }
        }
    }

    /// <summary>Puts a value in the place of the last one.</summary>
    public void Set(double value, int pass)
    {
        lock (_gate)
        {
            _value = value;
            _pass = pass;
        }
    }

    /// <summary>Writes its lines.</summary>
    public void Write(ExpositionWriter writer, string name, double scale)
    {
        double value;
        long count;
        long[]? counts;
        lock (_gate)
        {
            (value, count, counts) = (_value * scale, _count, _counts?.ToArray());
        }

        if (counts is null)
        {
            writer.Sample(name, labels, value);
            return;
        }

        long below = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            writer.Sample(name + "_bucket", labels, $"le=\"{ExpositionWriter.Spell(i < bounds!.Length ? bounds[i] * scale : double.PositiveInfinity)}\"", below);
        }

        writer.Sample(name + "_sum", labels, value);
        writer.Sample(name + "_count", labels, count);
    }
}
