namespace DotMac.Plugins.Sdk;

/// <summary>What kind of service a plugin talks to.</summary>
public enum PluginCategory
{
    /// <summary>Anything else.</summary>
    Custom,

    /// <summary>SMS, e-mail, chat.</summary>
    Communication,

    /// <summary>Payments and invoices.</summary>
    Billing,

    /// <summary>Network devices.</summary>
    NetworkAutomation,

    /// <summary>Customer relations.</summary>
    Crm,
}
