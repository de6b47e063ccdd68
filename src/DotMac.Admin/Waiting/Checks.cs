using DotMac.Admin.Views;

namespace DotMac.Admin.Waiting;

/// <summary>Reads the result of a check. Pure.</summary>
internal static class Checks
{
    private const string Credentials = "credentials";

    /// <summary>Whether the credentials were accepted; where there is no such check, whether all is well.</summary>
    public static bool Pass(HealthView health) =>
        (health.Checks.FirstOrDefault(static check => check.Name == Credentials)?.State ?? health.State) == "healthy";
}
