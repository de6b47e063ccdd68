using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Forms;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Admin.Tests.Ui;

public sealed class FormTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "required": ["zone", "authToken"],
          "anyOf": [{ "required": ["phone"] }, { "required": ["service", "account"] }],
          "properties": {
            "account": { "type": "string" },
            "authToken": { "type": "string", "title": "Auth token", "description": "From the console.", "x-dotmac-secret": true },
            "count": { "type": "integer", "default": 3 },
            "events": { "type": "object", "required": ["url"], "properties": { "url": { "type": "string", "format": "uri" }, "token": { "type": "string", "x-dotmac-secret": true } } },
            "flag": { "type": "boolean", "default": false },
            "level": { "type": "string", "enum": ["low", "high"] },
            "list": { "type": "array", "items": { "type": "string", "pattern": "^a" } },
            "map": { "type": "object", "patternProperties": { "^[a-z]+$": { "$ref": "#/definitions/device" } } },
            "phone": { "type": "string", "pattern": "^\\+[0-9]+$", "examples": ["+15558675310"] },
            "privateKey": { "type": "string", "x-dotmac-secret": true },
            "rate": { "type": "number" },
            "service": { "type": "string" },
            "anything": {},
            "zone": { "type": ["string", "null"] }
          },
          "definitions": { "device": { "type": "object", "required": ["host"], "properties": { "port": { "type": "integer" }, "host": { "type": "string" } } } }
        }
        """);

    [Fact]
    public void A_form_shows_what_must_be_filled_in_first_and_in_the_authors_order()
    {
        var form = FormBuilder.Of(Schema);
        form.Kind.Should().Be(FormKind.Group);
        form.Fields.Take(5).Select(static f => f.Name).Should().Equal("zone", "authToken", "phone", "service", "account");
        form.Fields.Where(static f => f.IsRequired).Select(static f => f.Name).Should().Equal("zone", "authToken");
        form.OneOf.Select(static names => string.Join('+', names)).Should().Equal("phone", "service+account");
    }

    [Theory]
    [InlineData("authToken", FormKind.Secret)]
    [InlineData("privateKey", FormKind.SecretLines)]
    [InlineData("count", FormKind.Integer)]
    [InlineData("rate", FormKind.Number)]
    [InlineData("flag", FormKind.YesNo)]
    [InlineData("level", FormKind.Choice)]
    [InlineData("list", FormKind.List)]
    [InlineData("map", FormKind.Map)]
    [InlineData("events", FormKind.Group)]
    [InlineData("zone", FormKind.Text)]
    [InlineData("anything", FormKind.Json)]
    public void Each_type_has_its_kind_of_field(string name, FormKind kind) => Of(name).Kind.Should().Be(kind);

    [Fact]
    public void Fields_say_what_the_schema_says_of_them()
    {
        var token = Of("authToken");
        (token.Title, token.Description, token.IsSecret).Should().Be(("Auth token", "From the console.", true));
        Of("count").Default.Should().Be("3");
        Of("phone").Example.Should().Be("+15558675310");
        Of("privateKey").Title.Should().Be("Private key");
        Of("map").Item!.Fields.Select(static f => (f.Name, f.IsRequired)).Should().Equal(("host", true), ("port", false));
    }

    [Fact]
    public void What_is_filled_in_has_the_types_of_the_schema_and_what_is_empty_is_left_out()
    {
        var form = new FormNode(FormBuilder.Of(Schema));
        Node(form, "zone").Text = "eu";
        Node(form, "authToken").Text = "s3cret";
        Node(form, "count").Text = "7";
        Node(form, "rate").Text = "0.5";
        Node(form, "flag").Text = "true";
        Node(form, "level").Text = "high";
        Node(form, "list").Add().Text = "abc";
        var device = Node(form, "map").Add();
        device.Key = "router";
        Node(device, "host").Text = "192.0.2.1";
        Value(form).Should().Be("""{"zone":"eu","authToken":"s3cret","count":7,"flag":true,"level":"high","list":["abc"],"map":{"router":{"host":"192.0.2.1"}},"rate":0.5}""");
    }

    [Fact]
    public void A_group_that_is_not_needed_and_is_empty_is_left_out_and_an_entry_that_was_added_is_not()
    {
        var form = new FormNode(FormBuilder.Of(Schema));
        Node(form, "map").Add().Key = "a";
        Value(form).Should().Be("""{"map":{"a":{}}}""");
    }

    [Fact]
    public void What_cannot_be_read_is_said_and_not_lost()
    {
        var form = new FormNode(FormBuilder.Of(Schema));
        Node(form, "anything").Text = "{no json";
        Node(form, "count").Text = "many";
        Node(form, "map").Add();
        var errors = new Dictionary<string, string>();
        form.Value(errors)!["count"]!.GetValue<string>().Should().Be("many");
        errors.Keys.Should().BeEquivalentTo("/anything", "/map");
        Node(form, "map").Children[0].Key = "a";
        Node(form, "map").Add().Key = "a";
        errors.Clear();
        form.Value(errors);
        errors.Keys.Should().BeEquivalentTo("/anything", "/map/a");
    }

    [Fact]
    public void Secrets_that_are_kept_stay_unless_others_are_typed_in_or_they_are_taken_out()
    {
        var form = Loaded("""{"zone":"eu","authToken":"${vault:twilio/x/auth_token}","privateKey":"in plain text"}""");
        Node(form, "authToken").KeptReference.Should().Be("${vault:twilio/x/auth_token}");
        Node(form, "authToken").Text.Should().BeEmpty();
        Node(form, "privateKey").HasKept.Should().BeTrue();
        Node(form, "privateKey").KeptReference.Should().BeNull("a secret in plain text is shown to nobody");
        Node(form, "authToken").Text = "new";
        Value(form).Should().Be("""{"zone":"eu","authToken":"new","privateKey":"in plain text"}""");
        Node(form, "privateKey").Forget();
        Value(form).Should().Be("""{"zone":"eu","authToken":"new"}""");
    }

    [Fact]
    public void What_a_configuration_holds_beyond_its_form_is_kept()
    {
        const string config = """{"zone":"eu","unknown":{"a":[1]},"events":{"url":"https://x","more":true},"level":"middle","list":"no list","count":"${env:COUNT}"}""";
        JsonNode.DeepEquals(JsonNode.Parse(Value(Loaded(config))), JsonNode.Parse(config)).Should().BeTrue();
    }

    [Property(MaxTest = 300)]
    public Property Whatever_is_loaded_comes_out_again() => Prop.ForAll(Configs(4), static text =>
    {
        var form = Loaded(text);
        var errors = new Dictionary<string, string>();
        var value = form.Value(errors);
        return (errors.Count == 0 && JsonNode.DeepEquals(Pruned(JsonNode.Parse(text)), Pruned(value))).Label($"{text} became {value?.ToJsonString()}");
    });

    [Fact]
    public void Every_schema_of_the_catalog_has_a_form_without_JSON()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "config/catalog"), "*.yaml"))
        {
            foreach (var manifest in YamlText.ToJson(File.ReadAllText(file)))
            {
                foreach (var version in manifest["spec"]!["versions"]!.AsArray())
                {
                    var form = FormBuilder.Of(JsonSerializer.SerializeToElement(version!["configSchema"]));
                    form.Fields.Should().NotBeEmpty(file);
                    All(form).Where(static field => field.Kind == FormKind.Json).Select(static field => field.Name).Should().BeEmpty(file);
                }
            }
        }
    }

    [Fact]
    public void Errors_stand_beside_their_fields_in_words_for_people()
    {
        var form = Loaded("""{"list":["b"],"map":{"r":{"host":""}}}""");
        var (fields, others) = FormErrors.Of(
            form,
            Schema,
            [
                new FieldError("/config_data/auth_token", "is required"),
                new FieldError("/config_data/phone", "must match the regular expression ^\\+[0-9]+$"),
                new FieldError("/config_data/list/0", "must match the regular expression ^a"),
                new FieldError("/config_data/map/r/host", "must not be empty"),
                new FieldError("/config_data/anything/deep/inside", "is wrong"),
                new FieldError("/config_data", "must have phone, or service and account"),
                new FieldError("/instance_id", "is taken"),
            ]);
        fields.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["/authToken"] = "is required",
            ["/phone"] = "does not look right; it is written like +15558675310",
            ["/list/0"] = "must match the regular expression ^a",
            ["/map/r/host"] = "must not be empty",
            ["/anything"] = "is wrong",
        });
        others.Select(static e => e.Pointer).Should().Equal("/config_data", "/instance_id");
        FormErrors.IdOf("/a/b c").Should().NotBe(FormErrors.IdOf("/a/b-c")).And.MatchRegex("^[A-Za-z][A-Za-z0-9-]*$");
    }

    [Fact]
    public void Differences_name_fields_and_never_secrets()
    {
        var before = JsonElement.Parse("""{"zone":"eu","authToken":"old-s3cret","list":["a","b"],"count":1}""");
        var after = JsonElement.Parse("""{"zone":"us","authToken":"new-s3cret","list":["a"],"flag":true,"count":1}""");
        var differences = ConfigComparison.Of(before, after, Schema);
        differences.Should().BeEquivalentTo(
        [
            new ConfigDifference("authToken", "***", "a new secret"),
            new ConfigDifference("flag", null, "true"),
            new ConfigDifference("list[1]", "b", null),
            new ConfigDifference("zone", "eu", "us"),
        ]);
        differences.Select(static d => d.ToString()).Should().NotContain(static text => text.Contains("s3cret"));
        ConfigComparison.Of(before, before, Schema).Should().BeEmpty();
        ConfigComparison.Of(null, null, Schema).Should().BeEmpty();
    }

    private static IEnumerable<FormField> All(FormField field) => field.Fields.SelectMany(All).Concat(field.Item is { } item ? All(item) : []).Prepend(field);

    private static FormField Of(string name) => FormBuilder.Of(Schema).Fields.Single(field => field.Name == name);

    private static FormNode Node(FormNode node, string name) => node.Children.Single(child => child.Field.Name == name);

    private static FormNode Loaded(string config)
    {
        var form = new FormNode(FormBuilder.Of(Schema));
        form.Load(JsonElement.Parse(config));
        return form;
    }

    private static string Value(FormNode form)
    {
        var errors = new Dictionary<string, string>();
        var value = form.Value(errors);
        errors.Should().BeEmpty();
        return JsonSerializer.Serialize(value, Json.AdminJson.Options);
    }

    // Left empty and not there are the same; so are groups and lists with nothing in them.
    private static JsonNode? Pruned(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var kept = map.Select(static m => (m.Key, Value: Pruned(m.Value))).Where(static m => m.Value is not null && !(m.Value is JsonValue v && v.TryGetValue<string>(out var text) && text.Length == 0)).ToList();
                return kept.Count == 0 ? null : new JsonObject(kept.Select(static m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
            case JsonArray { Count: 0 }:
                return null;
            default:
                return node?.DeepClone();
        }
    }

    private static Arbitrary<string> Configs(int size)
    {
        var text = Gen.Elements("a", "b", "${vault:a/b}", "x y", "ü");
        Gen<(string, JsonNode?)> Member(string name, Gen<JsonNode?> value) => value.Select(v => (name, v));
        var members = new[]
        {
            Member("zone", text.Select(static t => (JsonNode?)t)),
            Member("authToken", text.Select(static t => (JsonNode?)t)),
            Member("count", Gen.Choose(-5, 5).Select(static n => (JsonNode?)n)),
            Member("flag", Gen.Elements(true, false).Select(static b => (JsonNode?)b)),
            Member("level", Gen.Elements("low", "high").Select(static t => (JsonNode?)t)),
            Member("unknown", Gen.Choose(0, 3).Select(static n => (JsonNode?)new JsonObject { ["n"] = n })),
            Member("list", text.ListOf().Select(static l => (JsonNode?)new JsonArray([.. l.Select(static t => (JsonNode?)t)]))),
            Member("map", text.Select(static t => (JsonNode?)new JsonObject { ["k"] = new JsonObject { ["host"] = t } })),
            Member("events", text.Select(static t => (JsonNode?)new JsonObject { ["url"] = t })),
        };
        return Gen.SubListOf(members).SelectMany(static some => Gen.CollectToList(some, static one => one)).Select(static all =>
        {
            var config = new JsonObject();
            foreach (var (name, value) in all)
            {
                config[name] = value?.DeepClone();
            }

            return config.ToJsonString();
        }).Resize(size).ToArbitrary();
    }
}
