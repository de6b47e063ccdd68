using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.Slack.Api;

/// <summary>Decides where a file's bytes may go: to Slack's own server of files, or to the server of the config. An answer that names another is not followed.</summary>
internal static class UploadAddress
{
    private const string FileServer = "https://files.slack.com";

    /// <summary>The address, when the bytes may go there.</summary>
    /// <param name="uploadUrl">What Slack named.</param>
    /// <param name="baseUrl">The config's address of Slack.</param>
    /// <exception cref="VendorException">They may not.</exception>
    public static Uri Of(string? uploadUrl, Uri baseUrl)
    {
        if (!Uri.TryCreate(uploadUrl, UriKind.Absolute, out Uri? address))
        {
            throw new VendorException("Slack named no address to upload to.");
        }

        string server = address.GetLeftPart(UriPartial.Authority);
        bool known = server == FileServer || server == baseUrl.GetLeftPart(UriPartial.Authority);

        // The address itself is not told: whoever has it can upload.
        return known ? address : throw new VendorException($"Slack wants the file at {address.Host}, which is neither files.slack.com nor the server of baseUrl; nothing was sent there.");
    }
}
