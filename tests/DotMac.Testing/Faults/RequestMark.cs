namespace DotMac.Testing.Faults;

/// <summary>A place in the count of requests.</summary>
public readonly record struct RequestMark(long Total, long Timestamp);
