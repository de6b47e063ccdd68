using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>Who becomes a customer.</summary>
/// <param name="Email">The address.</param>
/// <param name="Name">The name.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="Description">A note.</param>
/// <param name="Metadata">The caller's own names and values, at most 50.</param>
public sealed record CreateCustomerRequest(
    [StringLength(512), Description("The address.")] string? Email = null,
    [StringLength(256), Description("The name.")] string? Name = null,
    [StringLength(20), Description("The telephone number.")] string? Phone = null,
    [StringLength(5000), Description("A note.")] string? Description = null,
    [MaxLength(50), Metadata, Description("The caller's own names and values.")] IReadOnlyDictionary<string, string>? Metadata = null);
