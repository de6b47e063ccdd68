namespace DotMac.StandIns.VaultAgent.Templates;

/// <summary>A template cannot be read or filled in; the message holds no value.</summary>
internal sealed class TemplateException(string message) : Exception(message);
