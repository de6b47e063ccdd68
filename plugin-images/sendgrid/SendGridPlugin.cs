using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.SendGrid.Api;
using DotMac.Plugins.SendGrid.Operations;
using DotMac.Plugins.SendGrid.Webhooks;

namespace DotMac.Plugins.SendGrid;

/// <summary>E-mail through SendGrid. Config is read once a call, so a changed key is in force with the next call.</summary>
public sealed class SendGridPlugin : BasePlugin
{
    private TimeProvider _timeProvider = TimeProvider.System;
    private IPluginConfig<SendGridConfig>? _config;
    private SendGridClient? _client;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("sendgrid", "SendGrid e-mail", "1.0.0")
    {
        Description = "E-mail through the SendGrid API",
        Author = "DotMac",
        Category = PluginCategory.Communication,
    };

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _timeProvider = builder.TimeProvider;
        IPluginConfig<SendGridConfig> config = _config = builder.UseConfig<SendGridConfig>();
        _client = new SendGridClient(builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = SendGridClient.Vendor }), builder.TimeProvider);
        builder.AddCheck(new CredentialsCheck(_client, config));
        var events = new EventWebhook(builder.PublishEvents(() => config.Current.Events));
        builder.AddWebhook(new Webhook("events", "What became of mails.", new EventSignature(() => config.Current.WebhookPublicKey, builder.TimeProvider), events.HandleAsync));
    }

    /// <summary>Sends a mail.</summary>
    /// <param name="request">The mail.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>Its id. SendGrid has taken the mail then; whether it arrives, events tell.</returns>
    /// <exception cref="InvalidRequestException">SendGrid refused a field.</exception>
    /// <exception cref="PluginException">SendGrid refused or failed.</exception>
    [PluginOperation("send_email", Description = "Sends a mail.")]
    public async Task<SendEmailAnswer> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.SendAt - _timeProvider.GetUtcNow() > SendGridForms.MaxDelay)
        {
            throw new InvalidRequestException(
                "The mail is too far ahead.", [new FieldProblem("/sendAt", $"SendGrid takes mails at most {SendGridForms.MaxDelay.TotalHours:0} hours ahead.")]);
        }

        SendGridConfig config = _config!.Current;
        EmailAddress from = request.From ?? (config.FromEmail is { } email ? new EmailAddress(email, config.FromName) : throw new InvalidRequestException(
            "The mail has no sender.", [new FieldProblem("/from", "Is required, for the config names no sender (fromEmail).")]));
        return new SendEmailAnswer(await _client!.SendMailAsync(config, request, from, cancellationToken), request.SandboxMode);
    }
}
