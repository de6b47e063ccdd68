using System.Security.Claims;
using DotMac.Admin.Callers;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>Who a page is shown to. Carries the caller into the page's circuit, in memory alone.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim(DefaultNameClaimType, caller.Name)], "session")
{
    /// <summary>The caller.</summary>
    public Caller Caller => caller;

    /// <inheritdoc />
    public override ClaimsIdentity Clone() => new CallerIdentity(caller);
}
