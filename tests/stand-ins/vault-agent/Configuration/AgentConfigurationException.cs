namespace DotMac.StandIns.VaultAgent.Configuration;

/// <summary>The configuration cannot be used; the message says why.</summary>
internal sealed class AgentConfigurationException(string message) : Exception(message);
