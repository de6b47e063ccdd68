using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DotMac.Admin.Auditing;
using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Admin.Views;

namespace DotMac.Admin.Json;

/// <summary>The JSON of the API: names with underscores as in the guide, nothing that is absent, nothing that is not known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AuditView))]
[JsonSerializable(typeof(CatalogEntry))]
[JsonSerializable(typeof(ChangeAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(ConfigRequest))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(Installation))]
[JsonSerializable(typeof(InstallationDetails))]
[JsonSerializable(typeof(InstallationStatus))]
[JsonSerializable(typeof(InstallRequest))]
[JsonSerializable(typeof(MetricsView))]
[JsonSerializable(typeof(PluginPage))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RevisionList))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(TenantPage))]
[JsonSerializable(typeof(UpgradeRequest))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class AdminJsonContext : JsonSerializerContext;
