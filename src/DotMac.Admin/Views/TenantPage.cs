using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>One page of tenants.</summary>
public sealed record TenantPage(
    [property: Description("Tenants in the order of their ids.")] IReadOnlyList<TenantSummary> Tenants,
    [property: Description("What to pass as cursor for the next page; absent on the last one.")] string? NextCursor);
