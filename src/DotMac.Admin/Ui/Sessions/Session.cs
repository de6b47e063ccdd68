using DotMac.Admin.Callers;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>A browser that is signed in.</summary>
/// <param name="Caller">As whom.</param>
/// <param name="IsByProxy">Whether a proxy in front signed it in, and has to sign it out.</param>
internal sealed record Session(Caller Caller, bool IsByProxy);
