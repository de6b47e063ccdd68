using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>A payment to begin.</summary>
public sealed record CreatePaymentIntentRequest : IValidatableObject
{
    /// <summary>How much, in the currency's smallest unit: 1099 is 10.99 euro.</summary>
    [Range(1, 99_999_999), Description("How much, in the currency's smallest unit: 1099 is 10.99 euro.")]
    public required long Amount { get; init; }

    /// <summary>The currency, ISO 4217 in lower case.</summary>
    [Required, RegularExpression(StripeForms.Currency), Description("The currency, such as eur.")]
    public required string Currency { get; init; }

    /// <summary>The customer's id.</summary>
    [RegularExpression(StripeForms.Id), Description("The customer's id.")]
    public string? Customer { get; init; }

    /// <summary>The id of the payment method to pay with.</summary>
    [RegularExpression(StripeForms.Id), Description("The id of the payment method to pay with.")]
    public string? PaymentMethod { get; init; }

    /// <summary>The kinds of payment method that may be used, unless <see cref="AutomaticPaymentMethods"/>.</summary>
    [MaxLength(20), Description("The kinds of payment method that may be used, such as card.")]
    public IReadOnlyList<string>? PaymentMethodTypes { get; init; }

    /// <summary>Whether the kinds are those that the account has enabled.</summary>
    [Description("Whether the kinds of payment method are those that the account has enabled.")]
    public bool? AutomaticPaymentMethods { get; init; }

    /// <summary>Whether to make the payment at once.</summary>
    [Description("Whether to make the payment at once.")]
    public bool? Confirm { get; init; }

    /// <summary>Whether the payer is not there to confirm; only with <see cref="Confirm"/>.</summary>
    [Description("Whether the payer is not there to confirm; only with confirm.")]
    public bool? OffSession { get; init; }

    /// <summary>When the money is taken: automatic, automatic_async or manual.</summary>
    [RegularExpression("automatic|automatic_async|manual"), Description("When the money is taken: automatic, automatic_async or manual.")]
    public string? CaptureMethod { get; init; }

    /// <summary>A note.</summary>
    [StringLength(1000), Description("A note.")]
    public string? Description { get; init; }

    /// <summary>Where the receipt goes.</summary>
    [StringLength(512), Description("Where the receipt goes.")]
    public string? ReceiptEmail { get; init; }

    /// <summary>Where the payer comes back to; only with <see cref="Confirm"/>.</summary>
    [Description("Where the payer comes back to; only with confirm.")]
    public Uri? ReturnUrl { get; init; }

    /// <summary>What stands on the payer's statement.</summary>
    [StringLength(22), Description("What stands on the payer's statement.")]
    public string? StatementDescriptor { get; init; }

    /// <summary>The caller's own names and values, at most 50.</summary>
    [MaxLength(50), Metadata, Description("The caller's own names and values.")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AutomaticPaymentMethods == true && PaymentMethodTypes is { Count: > 0 })
        {
            yield return new ValidationResult("Leave this out, or automaticPaymentMethods: Stripe takes one of them.", [nameof(PaymentMethodTypes)]);
        }

        if (Confirm != true && OffSession is not null)
        {
            yield return new ValidationResult("Stripe takes this only with confirm.", [nameof(OffSession)]);
        }

        if (Confirm != true && ReturnUrl is not null)
        {
            yield return new ValidationResult("Stripe takes this only with confirm.", [nameof(ReturnUrl)]);
        }

        if (ReturnUrl is { IsAbsoluteUri: false })
        {
            yield return new ValidationResult("Must be an absolute URL.", [nameof(ReturnUrl)]);
        }
    }
}
