namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>The kinds of object; in JSON they have HubSpot's own names, in lower case.</summary>
public enum CrmObjectType
{
    /// <summary>People.</summary>
    Contacts,

    /// <summary>Companies.</summary>
    Companies,

    /// <summary>Deals.</summary>
    Deals,

    /// <summary>Tickets.</summary>
    Tickets,
}
