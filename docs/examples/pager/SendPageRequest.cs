using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pager;

/// <summary>What to send.</summary>
/// <param name="To">The pager's number.</param>
/// <param name="Text">The text.</param>
public sealed record SendPageRequest(
    [Required, RegularExpression("[0-9]{4,10}"), Description("The pager's number.")] string To,
    [Required, StringLength(80), Description("The text.")] string Text);
