namespace DotMac.Operator.Diagnostics;

/// <summary>Takes the samples of one plugin after the other, of one family after the other.</summary>
/// <param name="writer">Where they go.</param>
internal sealed class PluginSamples(ExpositionWriter writer)
{
    private string _family = string.Empty;
    private string _labels = string.Empty;

    /// <summary>Says what the next samples are of.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="labels">The labels that say which plugin.</param>
    public void Of(string family, string labels) => (_family, _labels) = (family, labels);

    /// <summary>One sample without labels of its own, if there is a value.</summary>
    public void Add(double? value)
    {
        if (value is { } known)
        {
            Add(string.Empty, known);
        }
    }

    /// <summary>One sample.</summary>
    /// <param name="labels">Labels of its own.</param>
    /// <param name="value">Its value.</param>
    public void Add(string labels, double value) => writer.Sample(_family, _labels, labels, value);
}
