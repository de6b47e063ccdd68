namespace DotMac.Admin.Ui.Words;

/// <summary>A condition for people who do not know Kubernetes.</summary>
/// <param name="Text">How it stands, in a few words.</param>
/// <param name="Tone">Good or bad.</param>
/// <param name="Message">What the operator says of it; null where there is nothing to say.</param>
/// <param name="Advice">What to do; null where there is nothing to do.</param>
/// <param name="Tab">The part of the page where it is done; null for none.</param>
public sealed record PlainCondition(string Text, Tone Tone, string? Message, string? Advice, string? Tab);
