using System.ComponentModel.DataAnnotations;
using DotMac.Plugins.Sdk.Webhooks;

namespace Pager;

/// <summary>The plugin's config, as <c>spec.config</c> of a TenantPlugin has it.</summary>
public sealed record PagerConfig
{
    /// <summary>The vendor's key: a reference such as <c>${vault:pager/api_key}</c>.</summary>
    [Required]
    public required string ApiKey { get; init; }

    /// <summary>Signs the vendor's callbacks.</summary>
    public string SigningSecret { get; init; } = "";

    /// <summary>Where the vendor is.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.pager.example");

    /// <summary>Where verified callbacks go.</summary>
    public EventReceiver? Events { get; init; }

    /// <summary>A record would print its secrets.</summary>
    public override string ToString() => nameof(PagerConfig);
}
