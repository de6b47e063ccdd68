using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.Twilio.Api;
using DotMac.Plugins.Twilio.Operations;
using DotMac.Plugins.Twilio.Webhooks;

namespace DotMac.Plugins.Twilio;

/// <summary>SMS through Twilio. Config is read once a call, so a changed token is in force with the next call.</summary>
public sealed class TwilioPlugin : BasePlugin
{
    private IPluginConfig<TwilioConfig>? _config;
    private TwilioClient? _client;
    private IEventPublisher? _events;
    private Uri? _statusCallback;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("twilio", "Twilio SMS", "1.0.0")
    {
        Description = "SMS through the Twilio API",
        Author = "DotMac",
        Category = PluginCategory.Communication,
    };

    private TwilioConfig Config => _config!.Current;

    private TwilioClient Client => _client!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<TwilioConfig>();
        _client = new TwilioClient(builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = "Twilio" }), builder.TimeProvider);
        _events = builder.PublishEvents(() => Config.Events);
        _statusCallback = builder.PublicUrl is { } publicUrl ? new Uri(publicUrl, StatusCallback.Name) : null;
        builder.AddWebhook(new Webhook(
            StatusCallback.Name, "Twilio reports what has become of a message.", new CallbackVerifier(builder.PublicUrl, _config), TakeStatusAsync));
        builder.AddCheck(new CredentialsCheck(_client, _config));
    }

    /// <summary>Sends one SMS.</summary>
    /// <param name="request">To whom and what.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The message as Twilio took it; it is not delivered yet.</returns>
    /// <exception cref="InvalidRequestException">Twilio refused a field of the request.</exception>
    /// <exception cref="PluginException">Twilio refused or failed.</exception>
    [PluginOperation("send_sms", Description = "Sends an SMS. Answers as soon as Twilio has taken it; ask get_message whether it was delivered.")]
    public async Task<SmsMessage> SendSmsAsync(SendSmsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SmsMessage.Of(await Client.CreateMessageAsync(Config, request, _statusCallback, cancellationToken));
    }

    /// <summary>Looks a message up.</summary>
    /// <param name="request">Which one.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The message as it is now.</returns>
    /// <exception cref="ResourceNotFoundException">The account has no such message.</exception>
    /// <exception cref="PluginException">Twilio refused or failed.</exception>
    [PluginOperation("get_message", Description = "Looks up a message that was sent, with its status and Twilio's error if it failed.")]
    public async Task<SmsMessage> GetMessageAsync(GetMessageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SmsMessage.Of(await Client.FetchMessageAsync(Config, request.Sid, cancellationToken));
    }

    /// <summary>Lists messages, sent and received ones.</summary>
    /// <param name="request">Which ones.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A page of them.</returns>
    /// <exception cref="InvalidRequestException">The page token is none.</exception>
    /// <exception cref="PluginException">Twilio refused or failed.</exception>
    [PluginOperation("list_messages", Description = "Lists messages that were sent or received, the newest first, a page at a time.")]
    public async Task<SmsMessageList> ListMessagesAsync(ListMessagesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PageCursor? cursor = null;
        if (request.PageToken is not null && !PageCursor.TryParse(request.PageToken, out cursor))
        {
            throw new InvalidRequestException("There is no such page.", [new FieldProblem("/pageToken", "Must be a nextPageToken that list_messages has answered; leave it out for the first page.")]);
        }

        TwilioMessagePage page = await Client.ListMessagesAsync(Config, request, cursor, cancellationToken);
        return new SmsMessageList([.. (page.Messages ?? []).Select(SmsMessage.Of)], PageCursor.OfLink(page.NextPageUri)?.ToText());
    }

    private async Task<WebhookResponse> TakeStatusAsync(WebhookRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        await _events!.PublishAsync(StatusCallback.ToEvent(request), context, cancellationToken);
        return new WebhookResponse(200);
    }
}
