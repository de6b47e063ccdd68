namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>How mail programs show an attachment.</summary>
public enum AttachmentDisposition
{
    /// <summary>As a file beside the mail.</summary>
    Attachment,

    /// <summary>Within the mail: the HTML shows it by its content id.</summary>
    Inline,
}
