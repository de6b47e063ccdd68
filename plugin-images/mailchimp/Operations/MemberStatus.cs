namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>What an audience and a member are to each other.</summary>
public enum MemberStatus
{
    /// <summary>Gets campaigns.</summary>
    Subscribed,

    /// <summary>Does not want any.</summary>
    Unsubscribed,

    /// <summary>Cannot be reached.</summary>
    Cleaned,

    /// <summary>Was asked to confirm.</summary>
    Pending,

    /// <summary>Is a customer who never subscribed.</summary>
    Transactional,
}
