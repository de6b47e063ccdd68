namespace DotMac.Admin.OpenApi;

/// <summary>On an endpoint: a parameter that its handler reads itself, for the description of the API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
internal abstract record RequestParameter(string Name, string Description);
