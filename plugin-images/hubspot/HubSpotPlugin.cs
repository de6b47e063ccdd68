using System.Text.Json;
using DotMac.Plugins.HubSpot.Api;
using DotMac.Plugins.HubSpot.Operations;
using DotMac.Plugins.HubSpot.Webhooks;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.HubSpot;

/// <summary>CRM through HubSpot. Config is read once a call, so a changed token is in force with the next call.</summary>
public sealed class HubSpotPlugin : BasePlugin
{
    private IPluginConfig<HubSpotConfig>? _config;
    private HubSpotClient? _client;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("hubspot", "HubSpot CRM", "1.0.0")
    {
        Description = "CRM through the HubSpot API",
        Author = "DotMac",
        Category = PluginCategory.Crm,
    };

    private HubSpotConfig Config => _config!.Current;

    private HubSpotClient Client => _client!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<HubSpotConfig>();
        _client = new HubSpotClient(builder.CreateHttpClient(new PluginHttpClientOptions { Vendor = HubSpotClient.Vendor }), builder.TimeProvider);
        builder.AddCheck(new CredentialsCheck(_client, _config));
        var events = new EventWebhook(builder.PublishEvents(() => _config.Current.Events));
        var signature = new HubSpotSignature(() => _config.Current.ClientSecret, builder.PublicUrl, builder.TimeProvider, builder.LoggerFactory.CreateLogger<HubSpotSignature>());
        builder.AddWebhook(new Webhook("events", "What happened to objects in the HubSpot account.", signature, events.HandleAsync));
    }

    /// <summary>Makes an object.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused a property, or has such an object already.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("create_object", Description = "Makes a contact, company, deal or ticket.")]
    public async Task<CrmObject> CreateObjectAsync(CreateObjectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CrmObject.Of(await Client.SendAsync(Config, HubSpotCalls.Create(request), HubSpotJson.Default.HubSpotObject, cancellationToken));
    }

    /// <summary>Changes an object.</summary>
    /// <param name="request">Which one, and what of it.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The object as it is now.</returns>
    /// <exception cref="ResourceNotFoundException">The account has no such object.</exception>
    /// <exception cref="InvalidRequestException">HubSpot refused a property.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("update_object", Description = "Changes properties of a contact, company, deal or ticket.")]
    public async Task<CrmObject> UpdateObjectAsync(UpdateObjectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CrmObject.Of(await Client.SendAsync(Config, HubSpotCalls.Update(request), HubSpotJson.Default.HubSpotObject, cancellationToken));
    }

    /// <summary>Makes an object, or changes the one that has the same unique property.</summary>
    /// <param name="request">Which one, and what of it.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The object as it is now, and whether it was made.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused a property.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("upsert_object", Description = "Makes an object, or changes the one whose unique property, such as email, has the same value.")]
    public async Task<UpsertAnswer> UpsertObjectAsync(UpsertObjectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var input = new HubSpotInput(PropertyTexts.Of(request.Properties), Guid.NewGuid().ToString("N"), request.Id, request.IdProperty);
        var places = RequestPlaces.Upsert(request.IdProperty, request.Properties);
        VendorAnswer answer = await Client.AskAsync(Config, HubSpotCalls.Batch(request.ObjectType, "upsert", [input], places), cancellationToken);
        HubSpotBatch batch = answer.Read(HubSpotJson.Default.HubSpotBatch);
        return batch switch
        {
            { Results: [HubSpotObject done, ..] } => new UpsertAnswer(done.New, CrmObject.Of(done)),
            { Errors: [JsonElement error, ..] } => throw HubSpotErrors.OfInput(answer, HubSpotError.Read(error), places),
            _ => throw new VendorException($"{HubSpotClient.Vendor}'s answer could not be understood: it says nothing of the object."),
        };
    }

    /// <summary>Reads an object.</summary>
    /// <param name="request">Which one, and what of it.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ResourceNotFoundException">The account has no such object.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("get_object", Description = "Reads a contact, company, deal or ticket.")]
    public async Task<CrmObject> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CrmObject.Of(await Client.SendAsync(Config, HubSpotCalls.Get(request), HubSpotJson.Default.HubSpotObject, cancellationToken));
    }

    /// <summary>Finds objects.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A page of them.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused a filter.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("search_objects", Description = "Finds contacts, companies, deals or tickets by their properties, page by page.")]
    public async Task<SearchAnswer> SearchObjectsAsync(SearchObjectsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HubSpotPage page = await Client.SendAsync(Config, HubSpotCalls.Search(request), HubSpotJson.Default.HubSpotPage, cancellationToken);
        return new SearchAnswer(page.Total, [.. (page.Results ?? []).Select(CrmObject.Of)], page.Paging?.Next?.After);
    }

    /// <summary>Puts two objects together.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>How they are together now.</returns>
    /// <exception cref="ResourceNotFoundException">The account has not both of them.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("associate", Description = "Puts two objects together with HubSpot's default association, such as a contact with its company. Doing it again changes nothing.")]
    public async Task<AssociateAnswer> AssociateAsync(AssociateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HubSpotAssociations made = await Client.SendAsync(Config, HubSpotCalls.Associate(request), HubSpotJson.Default.HubSpotAssociations, cancellationToken);
        return new AssociateAnswer([.. (made.Results ?? []).Select(static one =>
            new CrmAssociation(one.From?.Id, one.To?.Id, one.AssociationSpec?.AssociationCategory, one.AssociationSpec?.AssociationTypeId))]);
    }

    /// <summary>Makes several objects.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused the batch as a whole; nothing was made.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("batch_create", Description = "Makes up to 100 objects, and tells what became of each.")]
    public Task<BatchAnswer> BatchCreateAsync(BatchCreateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyDictionary<string, JsonElement>[] properties = [.. request.Inputs.Select(static input => input.Properties)];
        return BatchAsync(request.ObjectType, "create", properties, BatchResults.Inputs(properties), static index => RequestPlaces.Properties($"/inputs/{index}"), cancellationToken);
    }

    /// <summary>Changes several objects.</summary>
    /// <param name="request">Which, and what of them.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused the batch as a whole; nothing was changed.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("batch_update", Description = "Changes up to 100 objects, and tells what became of each.")]
    public Task<BatchAnswer> BatchUpdateAsync(BatchUpdateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectRules.RequireIds(request.Inputs, request.IdProperty);
        IReadOnlyDictionary<string, JsonElement>[] properties = [.. request.Inputs.Select(static input => input.Properties)];
        return BatchAsync(
            request.ObjectType,
            "update",
            properties,
            BatchResults.Inputs(properties, [.. request.Inputs.Select(static input => input.Id)], request.IdProperty),
            static index => RequestPlaces.Properties($"/inputs/{index}"),
            cancellationToken);
    }

    /// <summary>Makes several objects, or changes those that have the same unique property.</summary>
    /// <param name="request">Which, and what of them.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="InvalidRequestException">HubSpot refused the batch as a whole; nothing was written.</exception>
    /// <exception cref="PluginException">HubSpot refused or failed.</exception>
    [PluginOperation("batch_upsert", Description = "Makes up to 100 objects or changes those whose unique property has the same value, and tells what became of each.")]
    public Task<BatchAnswer> BatchUpsertAsync(BatchUpsertRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyDictionary<string, JsonElement>[] properties = [.. request.Inputs.Select(static input => input.Properties)];
        return BatchAsync(
            request.ObjectType,
            "upsert",
            properties,
            BatchResults.Inputs(properties, [.. request.Inputs.Select(static input => input.Id)], request.IdProperty),
            index => RequestPlaces.Upsert(request.IdProperty, properties[index], $"/inputs/{index}"),
            cancellationToken);
    }

    private async Task<BatchAnswer> BatchAsync(
        CrmObjectType type,
        string what,
        IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> properties,
        IReadOnlyList<HubSpotInput> inputs,
        Func<int, RequestPlaces> places,
        CancellationToken cancellationToken)
    {
        HubSpotBatch batch = await Client.SendAsync(Config, HubSpotCalls.Batch(type, what, inputs, RequestPlaces.Batch(properties)), HubSpotJson.Default.HubSpotBatch, cancellationToken);
        return BatchResults.Of(inputs, batch, places);
    }
}
