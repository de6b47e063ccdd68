namespace Pager;

/// <summary>A page that was taken.</summary>
/// <param name="Id">Its id.</param>
public sealed record SendPageAnswer(string? Id);
