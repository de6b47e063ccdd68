using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DotMac.Admin.OpenApi;

/// <summary>Describes the API (OpenAPI 3.1) where the framework does not know enough of it.</summary>
internal static class ApiDescription
{
    private const string Scheme = "bearer";

    /// <summary>Sets it up.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "DotMac admin API",
                Version = "1",
                Description = "Installs plugins for tenants, and tells how they are. Who may do what is Kubernetes' to say: a bearer token of the cluster, and its owner's rights to tenantplugins in the tenant's namespace.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };

            // Where it is found is for whoever reads to know: behind a proxy, the service does not.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of a service account (kubectl create token) or of the cluster's OIDC." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            document.Tags = new HashSet<OpenApiTag>
            {
                new() { Name = "Plugins", Description = "What is installed, and what there is to install." },
                new() { Name = "Catalog", Description = "What there is to install, with its schemas." },
                new() { Name = "Tenants", Description = "Whose plugins the caller may see." },
                new() { Name = "Audit", Description = "Who did what." },
            };
            foreach (var schema in document.Components.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
            {
                LeaveOutNulls(schema);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestParameter>())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(Parameter(parameter));
            }

            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (string.IsNullOrEmpty(response.Description))
                {
                    response.Description = Meaning(status);
                }
            }

            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                parameter.Description ??= "The id of an installed plugin: the name of the TenantPlugin, or of the catalog's entry where no other is meant.";
                if (parameter.In == ParameterLocation.Path && context.Description.RelativePath?.StartsWith("api/admin/catalog", StringComparison.Ordinal) == true)
                {
                    parameter.Description = "The entry's id.";
                }
            }

            return Task.CompletedTask;
        });
    }

    // What is null is not sent: such members are absent rather than null, and what refers to another schema need not say so either.
    private static void LeaveOutNulls(OpenApiSchema schema)
    {
        foreach (var (name, part) in schema.Properties?.ToList() ?? [])
        {
            if (part is OpenApiSchema { OneOf: { Count: 2 } either } && either.OfType<OpenApiSchemaReference>().FirstOrDefault() is { } other)
            {
                schema.Properties![name] = other;
                schema.Required?.Remove(name);
            }
            else if (part.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Required?.Remove(name);
            }
        }

        // Any JSON will do; what for, its members say.
        schema.Description = schema is { Type: null, Properties: null or { Count: 0 }, OneOf: null or { Count: 0 } } ? "Any JSON." : schema.Description;
    }

    private static OpenApiParameter Parameter(RequestParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter is QueryParameter ? ParameterLocation.Query : ParameterLocation.Header,
        Description = parameter.Description,
        Schema = parameter is QueryParameter query
            ? new OpenApiSchema
            {
                Type = query.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
                Minimum = query.Least?.ToString(CultureInfo.InvariantCulture),
                Maximum = query.Most?.ToString(CultureInfo.InvariantCulture),
                Enum = query.Words?.Select(static word => (JsonNode)word).ToList(),
            }
            : new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string Meaning(string status) => status switch
    {
        "200" => "As asked.",
        "201" => "It was installed.",
        "202" => "It is being removed.",
        "304" => "It is as it was.",
        "400" => "The request cannot be read.",
        "401" => "There is no token, or it is nobody's.",
        "403" => "The caller may not do this.",
        "404" => "There is none, or the caller may not see it.",
        "409" => "In conflict with what is there.",
        "412" => "It was changed in between.",
        "413" => "The body is too large.",
        "415" => "The body is no JSON.",
        "422" => "A field is wrong.",
        "429" => "Too many requests.",
        "500" => "A defect of the service.",
        "502" => "The API server, or Vault, did not answer as expected.",
        "503" => "The API server, or Vault, is not available now.",
        "504" => "It took too long.",
        _ => "An answer.",
    };
}
