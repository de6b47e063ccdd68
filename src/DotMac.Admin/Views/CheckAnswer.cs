using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>What a check that was asked for came to.</summary>
public sealed record CheckAnswer(
    [property: Description("Whether the credentials were accepted; where a plugin has no such check, whether it is healthy.")] bool Passed,
    [property: Description("What it said of itself.")] HealthView Health);
