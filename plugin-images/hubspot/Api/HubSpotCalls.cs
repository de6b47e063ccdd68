using System.Text.Json;
using DotMac.Plugins.HubSpot.Operations;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>What to ask of HubSpot for each request of a caller: CRM API v3, associations v4.</summary>
internal static class HubSpotCalls
{
    /// <summary>One contact, to see whether HubSpot knows the token.</summary>
    public static HubSpotCall ReadOneContact { get; } = new(HttpMethod.Get, "/crm/v3/objects/contacts?limit=1", RequestPlaces.Object(""));

    /// <summary>Makes an object.</summary>
    public static HubSpotCall Create(CreateObjectRequest request) =>
        new(HttpMethod.Post, Objects(request.ObjectType), RequestPlaces.Properties()) { Body = Write(request.Properties) };

    /// <summary>Changes an object.</summary>
    public static HubSpotCall Update(UpdateObjectRequest request) =>
        new(HttpMethod.Patch, Object(request.ObjectType, request.Id, ("idProperty", request.IdProperty)), RequestPlaces.Properties())
        {
            Body = Write(request.Properties),
            NotFound = NotFound(request.ObjectType, request.Id, request.IdProperty),
        };

    /// <summary>Reads an object.</summary>
    public static HubSpotCall Get(GetObjectRequest request) =>
        new(
            HttpMethod.Get,
            Object(request.ObjectType, request.Id, ("idProperty", request.IdProperty), ("properties", request.Properties is null ? null : string.Join(',', request.Properties))),
            RequestPlaces.Object())
        {
            NotFound = NotFound(request.ObjectType, request.Id, request.IdProperty),
        };

    /// <summary>Searches. HubSpot gives a search by POST, though it changes nothing.</summary>
    public static HubSpotCall Search(SearchObjectsRequest request) => new(HttpMethod.Post, $"{Objects(request.ObjectType)}/search", RequestPlaces.Search(request))
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new HubSpotSearch(request.FilterGroups, request.Sorts, request.Query, request.Properties, request.Limit, request.After), HubSpotJson.Default.HubSpotSearch),
        OnlyReads = true,
    };

    /// <summary>Puts two objects together, in the way that HubSpot does by default.</summary>
    public static HubSpotCall Associate(AssociateRequest request) => new(
        HttpMethod.Put,
        $"/crm/v4/objects/{Name(request.ObjectType)}/{request.Id}/associations/default/{Name(request.ToObjectType)}/{request.ToId}",
        RequestPlaces.Object(""))
    {
        NotFound = $"There is no {Singular(request.ObjectType)} {request.Id}, or no {Singular(request.ToObjectType)} {request.ToId}.",
    };

    /// <summary>Does the same to several objects.</summary>
    /// <param name="type">Of which kind.</param>
    /// <param name="what"><c>create</c>, <c>update</c> or <c>upsert</c>.</param>
    /// <param name="inputs">To which, and with what.</param>
    /// <param name="places">Where things stand in the caller's request.</param>
    public static HubSpotCall Batch(CrmObjectType type, string what, IReadOnlyList<HubSpotInput> inputs, RequestPlaces places) =>
        new(HttpMethod.Post, $"{Objects(type)}/batch/{what}", places) { Body = JsonSerializer.SerializeToUtf8Bytes(new HubSpotBatchBody(inputs), HubSpotJson.Default.HubSpotBatchBody) };

    private static string Objects(CrmObjectType type) => $"/crm/v3/objects/{Name(type)}";

    private static string Object(CrmObjectType type, string id, params (string Name, string? Value)[] query)
    {
        string text = string.Join('&', query.Where(static field => field.Value is not null).Select(static field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));
        return $"{Objects(type)}/{Uri.EscapeDataString(id)}{(text.Length == 0 ? "" : "?")}{text}";
    }

    private static byte[] Write(IReadOnlyDictionary<string, JsonElement> properties) =>
        JsonSerializer.SerializeToUtf8Bytes(new HubSpotWrite(PropertyTexts.Of(properties)), HubSpotJson.Default.HubSpotWrite);

    private static string NotFound(CrmObjectType type, string id, string? idProperty) =>
        idProperty is null ? $"The account has no {Singular(type)} {id}." : $"The account has no {Singular(type)} whose {idProperty} is {id}.";

    private static string Name(CrmObjectType type) => type switch
    {
        CrmObjectType.Contacts => "contacts",
        CrmObjectType.Companies => "companies",
        CrmObjectType.Deals => "deals",
        CrmObjectType.Tickets => "tickets",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Singular(CrmObjectType type) => type == CrmObjectType.Companies ? "company" : Name(type)[..^1];
}
