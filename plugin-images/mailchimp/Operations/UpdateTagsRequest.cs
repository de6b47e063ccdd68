using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>Tags of a member.</summary>
/// <param name="AudienceId">The audience's id.</param>
/// <param name="Email">The member's address.</param>
/// <param name="Add">Tags to add.</param>
/// <param name="Remove">Tags to take away.</param>
public sealed record UpdateTagsRequest(
    [Required, RegularExpression(MailchimpForms.Id), Description("The audience's id.")] string AudienceId,
    [Required, EmailAddress, StringLength(254), Description("The member's address.")] string Email,
    [MaxLength(100), Description("Tags to add.")] IReadOnlyList<string>? Add = null,
    [MaxLength(100), Description("Tags to take away.")] IReadOnlyList<string>? Remove = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((Add?.Count ?? 0) + (Remove?.Count ?? 0) == 0)
        {
            yield return new ValidationResult("Name at least one tag, here or in remove.", [nameof(Add)]);
        }

        if ((Add ?? []).Concat(Remove ?? []).Any(static name => string.IsNullOrWhiteSpace(name) || name.Length > 100))
        {
            yield return new ValidationResult("A tag has 1 to 100 characters.", [nameof(Add)]);
        }
    }
}
