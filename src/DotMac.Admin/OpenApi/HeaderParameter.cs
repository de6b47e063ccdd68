namespace DotMac.Admin.OpenApi;

/// <summary>A header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
internal sealed record HeaderParameter(string Name, string Description) : RequestParameter(Name, Description);
