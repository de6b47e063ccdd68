using System.Text.Json;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.Slack.Api;
using DotMac.Plugins.Slack.Operations;
using DotMac.Plugins.Slack.Webhooks;

namespace DotMac.Plugins.Slack;

/// <summary>Messages, files and commands through Slack. Config is read once a call, so a changed token is in force with the next call.</summary>
public sealed class SlackPlugin : BasePlugin
{
    private IPluginConfig<SlackConfig>? _config;
    private SlackClient? _client;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("slack", "Slack", "1.0.0")
    {
        Description = "Messages, files and commands through the Slack API",
        Author = "DotMac",
        Category = PluginCategory.Communication,
    };

    private SlackConfig Config => _config!.Current;

    private SlackClient Client => _client!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<SlackConfig>();
        _client = new SlackClient(builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = SlackClient.Vendor }), builder.TimeProvider);
        builder.AddCheck(new CredentialsCheck(_client, _config));
        IEventPublisher publisher = builder.PublishEvents(() => Config.Events);
        var signature = new SlackSignature(() => Config.SigningSecret, builder.TimeProvider);
        builder.AddWebhook(new Webhook("events", "What happened in the workspace: the app's events.", signature, new EventsWebhook(publisher).HandleAsync));
        builder.AddWebhook(new Webhook("commands", "Slash commands of the workspace's users.", signature, new CommandsWebhook(publisher).HandleAsync));
    }

    /// <summary>Posts a message.</summary>
    /// <param name="request">Where and what.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The message, by channel and ts.</returns>
    /// <exception cref="InvalidRequestException">Slack refused a field.</exception>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    [PluginOperation("post_message", Description = "Posts a message to a channel or a user, or replies to one.")]
    public async Task<Message> PostMessageAsync(PostMessageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SlackForm form = new SlackForm()
            .Add("channel", request.Channel).Add("text", request.Text).Add("blocks", request.Blocks).Add("thread_ts", request.ThreadTs)
            .Add("reply_broadcast", request.ReplyBroadcast).Add("unfurl_links", request.UnfurlLinks).Add("unfurl_media", request.UnfurlMedia)
            .Add("mrkdwn", request.Mrkdwn).Add("username", request.Username).Add("icon_emoji", request.IconEmoji);
        return Known(await Client.CallAsync(Config, SlackMethods.PostMessage, form, SlackJson.Default.MessageReply, cancellationToken));
    }

    /// <summary>Changes a message of the bot's.</summary>
    /// <param name="request">Which one, and to what.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The message, by channel and ts.</returns>
    /// <exception cref="ResourceNotFoundException">The channel has no such message.</exception>
    /// <exception cref="InvalidRequestException">Slack refused a field.</exception>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    [PluginOperation("update_message", Description = "Changes a message that the bot has posted.")]
    public async Task<Message> UpdateMessageAsync(UpdateMessageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SlackForm form = new SlackForm().Add("channel", request.Channel).Add("ts", request.Ts).Add("text", request.Text).Add("blocks", request.Blocks);
        return Known(await Client.CallAsync(Config, SlackMethods.UpdateMessage, form, SlackJson.Default.MessageReply, cancellationToken));
    }

    /// <summary>Posts a message that one user sees.</summary>
    /// <param name="request">Where, to whom and what.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>When it was.</returns>
    /// <exception cref="InvalidRequestException">Slack refused a field.</exception>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    [PluginOperation("post_ephemeral", Description = "Shows a message in a channel to one of its users, until that user's client is closed.")]
    public async Task<EphemeralMessage> PostEphemeralAsync(PostEphemeralRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SlackForm form = new SlackForm()
            .Add("channel", request.Channel).Add("user", request.User).Add("text", request.Text).Add("blocks", request.Blocks).Add("thread_ts", request.ThreadTs);
        EphemeralReply reply = await Client.CallAsync(Config, SlackMethods.PostEphemeral, form, SlackJson.Default.EphemeralReply, cancellationToken);
        return new EphemeralMessage(reply.MessageTs ?? throw NotUnderstood());
    }

    /// <summary>Lists channels, one page a call.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidRequestException">Slack refused a field.</exception>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    [PluginOperation("list_channels", Description = "Lists channels, one page a call; nextCursor goes on.")]
    public async Task<ChannelList> ListChannelsAsync(ListChannelsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? types = request.Types is null
            ? null
            : string.Join(',', request.Types.Distinct().Select(static type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString())));
        SlackForm form = new SlackForm()
            .Add("types", types).Add("limit", request.Limit).Add("cursor", request.Cursor).Add("exclude_archived", request.ExcludeArchived);
        ChannelsReply reply = await Client.CallAsync(Config, SlackMethods.ListChannels, form, SlackJson.Default.ChannelsReply, cancellationToken);
        return new ChannelList(
            [.. (reply.Channels ?? []).Select(Channel.Of)],
            reply.ResponseMetadata?.NextCursor is { Length: > 0 } next ? next : null);
    }

    /// <summary>Uploads a file: asks where to, sends the bytes there, and makes them a file. Until the last step nobody sees anything.</summary>
    /// <param name="request">What, and where to share it.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidRequestException">Slack refused a field.</exception>
    /// <exception cref="PluginException">Slack refused or failed.</exception>
    [PluginOperation("upload_file", Description = "Uploads a file, and shares it in a channel or a thread.")]
    public async Task<UploadedFile> UploadFileAsync(UploadFileRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SlackConfig config = Config;
        byte[] content = Convert.FromBase64String(request.Content);
        SlackForm where = new SlackForm().Add("filename", request.Filename).Add("length", content.Length).Add("alt_txt", request.AltText);
        UploadUrlReply upload = await Client.CallAsync(config, SlackMethods.GetUploadUrl, where, SlackJson.Default.UploadUrlReply, cancellationToken);
        string id = upload.FileId ?? throw NotUnderstood();
        await Client.UploadAsync(config, upload.UploadUrl, content, cancellationToken);

        string files = JsonSerializer.Serialize([new SlackFile(id, request.Title ?? request.Filename)], SlackJson.Default.SlackFileArray);
        SlackForm complete = new SlackForm()
            .Add("files", files).Add("channel_id", request.Channel).Add("initial_comment", request.InitialComment).Add("thread_ts", request.ThreadTs);
        FilesReply made = await Client.CallAsync(config, SlackMethods.CompleteUpload, complete, SlackJson.Default.FilesReply, cancellationToken);
        return new UploadedFile(id, made.Files?.FirstOrDefault(file => file.Id == id)?.Title ?? request.Title ?? request.Filename);
    }

    private static Message Known(MessageReply reply) => new(reply.Channel ?? throw NotUnderstood(), reply.Ts ?? throw NotUnderstood());

    private static VendorException NotUnderstood() => new("Slack's answer could not be understood: it lacks what it should tell.");
}
