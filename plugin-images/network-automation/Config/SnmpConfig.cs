using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>How a device is reached by SNMP. Every member may come from the defaults.</summary>
public sealed record SnmpConfig
{
    /// <summary><c>v2c</c> or <c>v3</c>. Version 1 has no bulk requests and no 64-bit counters, and is not supported.</summary>
    [RegularExpression("v2c|v3")]
    public string? Version { get; init; }

    /// <summary>The community of v2c: a secret.</summary>
    [StringLength(255, MinimumLength = 1), RegularExpression(SingleLine)]
    public string? Community { get; init; }

    /// <summary>The user of v3.</summary>
    [StringLength(32, MinimumLength = 1), RegularExpression(SingleLine)]
    public string? User { get; init; }

    /// <summary>The security level of v3; if not said, as high as the passwords allow.</summary>
    [RegularExpression("noAuthNoPriv|authNoPriv|authPriv")]
    public string? SecurityLevel { get; init; }

    /// <summary>How requests are authenticated. Default: SHA.</summary>
    [RegularExpression("MD5|SHA(-(224|256|384|512))?")]
    public string? AuthProtocol { get; init; }

    /// <summary>The password of authentication: a secret. RFC 3414 (section 11.2) wants 8 characters at least.</summary>
    [StringLength(255, MinimumLength = 8), RegularExpression(SingleLine)]
    public string? AuthPassword { get; init; }

    /// <summary>How requests are encrypted. Default: AES. <c>AES-192-C</c> and <c>AES-256-C</c> are Cisco's way to make longer keys.</summary>
    [RegularExpression("DES|AES(-(192|256)(-C)?)?")]
    public string? PrivProtocol { get; init; }

    /// <summary>The password of encryption: a secret.</summary>
    [StringLength(255, MinimumLength = 8), RegularExpression(SingleLine)]
    public string? PrivPassword { get; init; }

    /// <summary>The context of v3.</summary>
    [StringLength(255, MinimumLength = 1), RegularExpression(SingleLine)]
    public string? ContextName { get; init; }

    /// <summary>The UDP port. Default: 161.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>How long to wait for an answer, each time. Default: 2.</summary>
    [Range(0.1, 60)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How often to ask again. Default: 2.</summary>
    [Range(0, 10)]
    public int? Retries { get; init; }

    // They become lines of a file that net-snmp reads line by line.
    private const string SingleLine = @"[^\x00-\x1f\x7f]*";

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(SnmpConfig);
}
