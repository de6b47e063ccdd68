using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>Where a plugin's events go: the member <c>events</c> of a config that has one.</summary>
public sealed record EventReceiver : IValidatableObject
{
    /// <summary>Takes each event by POST, as a CloudEvent in JSON (structured mode). The sandbox must let the plugin out to it.</summary>
    public required Uri Url { get; init; }

    /// <summary>Sent as a bearer token; null: none. A secret.</summary>
    public string? Token { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token is not null && (!Token.All(char.IsAscii) || Token.Any(char.IsControl)))
        {
            yield return new ValidationResult("Must be one line of ASCII; a file's last line break does not belong to it.", [nameof(Token)]);
        }

        if (!Url.IsAbsoluteUri || Url.Scheme is not ("https" or "http"))
        {
            yield return new ValidationResult("Must be an absolute http or https URL, such as http://isp-api.dotmac-system.svc/events.", [nameof(Url)]);
        }
    }

    /// <summary>A placeholder: a record would print its secret.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(EventReceiver);
}
