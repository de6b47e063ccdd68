using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>An address with a name.</summary>
/// <param name="Email">The address.</param>
/// <param name="Name">The name that mail programs show; null: none.</param>
public sealed record EmailAddress(
    [Required, RegularExpression(SendGridForms.Email), StringLength(SendGridForms.MaxEmail), Description("The address.")] string Email,
    [RegularExpression(SendGridForms.OneLine), StringLength(SendGridForms.MaxName), Description("The name that mail programs show.")] string? Name = null);
