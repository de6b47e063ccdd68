namespace DotMac.Testing.Faults;

/// <summary>What a request wants of the API server.</summary>
public enum RequestVerb
{
    List,
    Watch,
    Get,
    Create,
    Update,
    Patch,
    Delete,
    Other,
}
