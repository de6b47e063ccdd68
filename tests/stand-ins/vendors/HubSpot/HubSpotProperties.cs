using System.Globalization;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vendors.HubSpot;

/// <summary>The properties that the stand-in's account knows of a kind of object.</summary>
internal sealed record HubSpotProperties(string Singular, string ChangedProperty, string[] Usual, string[] Further, string[] Unique, string[] Required)
{
    /// <summary>By kind. <c>customer_number</c> is a unique property that the account has added; <c>email</c> is unique for contacts by itself.</summary>
    public static IReadOnlyDictionary<string, HubSpotProperties> OfTypes { get; } = new Dictionary<string, HubSpotProperties>(StringComparer.Ordinal)
    {
        ["contacts"] = new("Contact", "lastmodifieddate", ["email", "firstname", "lastname"], ["phone", "lifecyclestage", "customer_number", "newsletter"], ["email", "customer_number"], []),
        ["companies"] = new("Company", "hs_lastmodifieddate", ["name", "domain"], ["phone", "city", "customer_number"], ["customer_number"], []),
        ["deals"] = new("Deal", "hs_lastmodifieddate", ["dealname", "amount", "dealstage", "pipeline", "closedate"], ["customer_number"], ["customer_number"], []),
        ["tickets"] = new("Ticket", "hs_lastmodifieddate", ["subject", "content", "hs_pipeline", "hs_pipeline_stage"], ["hs_ticket_priority", "customer_number"], ["customer_number"], ["hs_pipeline_stage"]),
    };

    /// <summary>Whether there is such a property.</summary>
    public bool Knows(string name) => name is "hs_object_id" or "createdate" || name == ChangedProperty || Usual.Contains(name) || Further.Contains(name);

    /// <summary>Reads the properties of a body and refuses what HubSpot refuses.</summary>
    public Dictionary<string, string> Read(JsonNode? body, bool creates)
    {
        if (body is not JsonObject given)
        {
            throw HubSpotRefusal.Invalid("Invalid input JSON: properties must be an object.", "properties");
        }

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var wrong = new JsonArray();
        foreach ((string name, JsonNode? value) in given)
        {
            if (value is not JsonValue text || !text.TryGetValue(out string? written))
            {
                throw HubSpotRefusal.Invalid($"Invalid input JSON: the value of {name} must be a string.", name);
            }

            if (Problem(name, written) is (string code, string message))
            {
                wrong.Add(new JsonObject { ["isValid"] = false, ["message"] = message, ["error"] = code, ["name"] = name, ["localizedErrorMessage"] = message });
            }

            read[name] = name == "email" ? written.ToLowerInvariant() : written;
        }

        if (wrong.Count > 0)
        {
            throw new HubSpotRefusal(400, "VALIDATION_ERROR", $"Property values were not valid: {wrong.ToJsonString()}");
        }

        string[] missing = creates ? [.. Required.Where(name => read.GetValueOrDefault(name, "").Length == 0)] : [];
        return missing.Length == 0 ? read : throw new HubSpotRefusal(400, "VALIDATION_ERROR", $"Error creating {Singular.ToUpperInvariant()}. Some required properties were not set.")
        {
            More = new JsonObject { ["context"] = new JsonObject { ["properties"] = new JsonArray([.. missing.Select(static name => (JsonNode)name)]) } },
        };
    }

    private (string Code, string Message)? Problem(string name, string value) =>
        !Knows(name) ? ("PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist")
        : name is "hs_object_id" or "createdate" || name == ChangedProperty ? ("READ_ONLY_VALUE", $"\"{name}\" is a read only property; its value cannot be set.")
        : name == "email" && value.Length > 0 && (!value.Contains('@') || value.EndsWith('@')) ? ("INVALID_EMAIL", $"Email address {value} is invalid")
        : name == "amount" && value.Length > 0 && !double.TryParse(value, CultureInfo.InvariantCulture, out _) ? ("INVALID_DOUBLE", $"{value} was not a valid number.")
        : name == "newsletter" && value is not ("" or "true" or "false") ? ("INVALID_OPTION", $"{value} was not one of the allowed options")
        : null;
}
