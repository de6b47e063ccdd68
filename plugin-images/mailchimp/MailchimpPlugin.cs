using DotMac.Plugins.Mailchimp.Api;
using DotMac.Plugins.Mailchimp.Operations;
using DotMac.Plugins.Mailchimp.Webhooks;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Mailchimp;

/// <summary>Newsletters through Mailchimp. Config is read once a call, so a changed key is in force with the next call.</summary>
public sealed class MailchimpPlugin : BasePlugin
{
    private IPluginConfig<MailchimpConfig>? _config;
    private MailchimpClient? _client;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("mailchimp", "Mailchimp", "1.0.0")
    {
        Description = "Newsletters through the Mailchimp Marketing API",
        Author = "DotMac",
        Category = PluginCategory.Communication,
    };

    private MailchimpConfig Config => _config!.Current;

    private MailchimpClient Client => _client!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<MailchimpConfig>();

        // Mailchimp lets an account have ten connections at a time.
        _client = new MailchimpClient(builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = MailchimpClient.Vendor, MaxConcurrency = 10 }), builder.TimeProvider);
        builder.AddCheck(new CredentialsCheck(_client, _config));
        var audience = new AudienceWebhook(builder.PublishEvents(() => _config.Current.Events));
        builder.AddWebhook(new Webhook("audience", "What happened to the members of an audience.", new SecretPath(() => _config.Current.WebhookSecret), audience.HandleAsync)
        {
            TakesGet = true,
        });
    }

    /// <summary>Asks whether all is well.</summary>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>Mailchimp's word.</returns>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("ping", Description = "Asks whether Mailchimp answers and knows the key.")]
    public Task<Ping> PingAsync(CancellationToken cancellationToken) => Client.PingAsync(Config, cancellationToken);

    /// <summary>Adds somebody to an audience, or changes what is known of them.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The member.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such audience.</exception>
    /// <exception cref="InvalidRequestException">Mailchimp refused a field.</exception>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("upsert_member", Description = "Adds somebody to an audience, or changes what is known of them.")]
    public Task<Member> UpsertMemberAsync(UpsertMemberRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.UpsertMemberAsync(Config, request, cancellationToken);
    }

    /// <summary>Adds tags to a member, or takes them away.</summary>
    /// <param name="request">Whom and which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A task that ends when Mailchimp has taken it.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such member.</exception>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("update_tags", Description = "Adds tags to a member of an audience, or takes them away.")]
    public Task UpdateTagsAsync(UpdateTagsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.UpdateTagsAsync(Config, request, cancellationToken);
    }

    /// <summary>Lists audiences.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The page.</returns>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("list_audiences", Description = "Lists the account's audiences, page by page.")]
    public Task<AudiencePage> ListAudiencesAsync(ListAudiencesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.ListAudiencesAsync(Config, request, cancellationToken);
    }

    /// <summary>Makes a campaign, with its content where that is given.</summary>
    /// <param name="request">The campaign.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The campaign; it is not sent yet.</returns>
    /// <exception cref="InvalidRequestException">Mailchimp refused a field.</exception>
    /// <exception cref="PluginException">Mailchimp refused or failed. Where it refused the content, the campaign is there without; the message has its id.</exception>
    [PluginOperation("create_campaign", Description = "Makes a campaign, with its content; schedule_campaign or send_campaign sends it.")]
    public async Task<Campaign> CreateCampaignAsync(CreateCampaignRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        MailchimpConfig config = Config;
        Campaign made = await Client.CreateCampaignAsync(config, request, cancellationToken);
        if (string.IsNullOrEmpty(made.Id))
        {
            throw new VendorException("Mailchimp took the campaign and did not say under which id.");
        }

        if (request.Html is null && request.PlainText is null && request.TemplateId is null)
        {
            return made;
        }

        try
        {
            await Client.SetContentAsync(config, made.Id, request, cancellationToken);
            return made;
        }
        catch (PluginException failed)
        {
            // Of the same kind as it was, so that the caller comes back when told to.
            string message = $"{failed.Message} The campaign {made.Id} was made, without content.";
            throw failed switch
            {
                InvalidRequestException refused => new InvalidRequestException(message, refused.Errors, refused),
                VendorRateLimitException limit => new VendorRateLimitException(message, limit.RetryAfter, limit.VendorCode, limit),
                VendorUnavailableException unavailable => new VendorUnavailableException(message, unavailable.RetryAfter, unavailable),
                VendorTimeoutException => new VendorTimeoutException(message, failed),
                _ => new VendorException(message, (failed as VendorException)?.VendorCode, failed),
            };
        }
    }

    /// <summary>Sends a campaign later.</summary>
    /// <param name="request">Which, and when.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A task that ends when Mailchimp has taken it.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such campaign.</exception>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("schedule_campaign", Description = "Sends a campaign later, at a quarter of an hour.")]
    public Task ScheduleCampaignAsync(ScheduleCampaignRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.ScheduleCampaignAsync(Config, request, cancellationToken);
    }

    /// <summary>Sends a campaign now.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A task that ends when Mailchimp has taken it.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such campaign.</exception>
    /// <exception cref="PluginException">Mailchimp refused or failed.</exception>
    [PluginOperation("send_campaign", Description = "Sends a campaign now.")]
    public Task SendCampaignAsync(SendCampaignRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.SendCampaignAsync(Config, request, cancellationToken);
    }
}
