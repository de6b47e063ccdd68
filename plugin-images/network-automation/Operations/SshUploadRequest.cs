using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What to upload.</summary>
public sealed record SshUploadRequest : DevicesRequest
{
    /// <summary>Where it goes on the device.</summary>
    [Required, StringLength(1024, MinimumLength = 1), Description("The file's path on the device; a relative one begins at the user's home directory.")]
    public required string Path { get; init; }

    /// <summary>The content as text.</summary>
    [Description("The content as text, written as UTF-8. This or contentBase64.")]
    public string? Content { get; init; }

    /// <summary>The content as base64.</summary>
    [Description("The content as base64. This or content.")]
    public string? ContentBase64 { get; init; }

    /// <summary>The file's mode.</summary>
    [RegularExpression("0?[0-7]{3}"), Description("The file's mode in octal digits, such as 644. If not said, the device's own way.")]
    public string? Mode { get; init; }

    /// <summary>Whether to upload beside it and rename.</summary>
    [Description("Upload under a name beside it and rename, so that nobody sees half a file. Set it to false for a device that cannot rename over a file.")]
    public bool Atomic { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (ValidationResult problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (Ssh.SftpBatch.PathProblem(Path) is string bad)
        {
            yield return new ValidationResult(bad, [nameof(Path)]);
        }

        if (Content is null == ContentBase64 is null)
        {
            yield return new ValidationResult("Set content or contentBase64, one of the two.", [nameof(Content)]);
        }
        else if (ContentBase64 is string base64 && !IsBase64(base64))
        {
            yield return new ValidationResult("Must be base64.", [nameof(ContentBase64)]);
        }
    }

    /// <summary>The content.</summary>
    internal byte[] Bytes() => Content is string text ? System.Text.Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(ContentBase64!);

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
