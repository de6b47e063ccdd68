namespace DotMac.Admin.Ui.Sessions;

/// <summary>Why a browser was not signed in.</summary>
internal enum SignInRefusal
{
    /// <summary>What was typed in is no token.</summary>
    NoToken,

    /// <summary>The token is nobody's.</summary>
    Nobody,

    /// <summary>Too many tokens from the same address were nobody's.</summary>
    TooMany,
}
