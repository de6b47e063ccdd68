using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>Whom to add or change.</summary>
/// <param name="AudienceId">The audience's id.</param>
/// <param name="Email">The address.</param>
/// <param name="StatusIfNew">What a new member becomes. Pending asks them to confirm first.</param>
/// <param name="Status">What the member becomes, new or not; null: stays.</param>
/// <param name="MergeFields">What is known of them, by the audience's merge tags, such as FNAME.</param>
/// <param name="Language">The language they read.</param>
/// <param name="Vip">Whether they are special.</param>
public sealed record UpsertMemberRequest(
    [Required, RegularExpression(MailchimpForms.Id), Description("The audience's id.")] string AudienceId,
    [Required, EmailAddress, StringLength(254), Description("The address.")] string Email,
    [Description("What a new member becomes; pending asks them to confirm first.")] MemberStatus StatusIfNew = MemberStatus.Pending,
    [Description("What the member becomes, new or not; left out: stays.")] MemberStatus? Status = null,
    [Description("What is known of them, by the audience's merge tags, such as FNAME.")] IReadOnlyDictionary<string, JsonElement>? MergeFields = null,
    [StringLength(10), Description("The language they read, such as de.")] string? Language = null,
    [Description("Whether they are special.")] bool? Vip = null);
