using System.Text.Json.Nodes;
using DotMac.Vault.Client;
using DotMac.Vault.KeyValue;
using DotMac.Vault.Secrets;
using DotMac.Vault.Tests.Fakes;

namespace DotMac.Vault.Tests.StandIn;

public sealed class KeyValueTests : IAsyncLifetime
{
    private StandInSetup _setup = null!;
    private IKeyValueStore _values = null!;

    public async Task InitializeAsync()
    {
        _setup = await StandInSetup.CreateAsync();
        _values = _setup.Root.KeyValue();
    }

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task What_is_written_is_read_in_its_type()
    {
        var written = await _values.WriteAsync("a/b", new Dictionary<string, SecretValue>
        {
            ["text"] = new("quotes \" and ümlauts"),
            ["number"] = SecretValue.OfJson("42"),
            ["nested"] = SecretValue.OfJson("""{"x":[true,null]}"""),
        });
        written.Number.Should().Be(1);
        var read = (await _values.ReadAsync("a/b"))!;
        read.State.Should().Be(KeyValueState.Available);
        read.Version.CreatedAt.Should().Be(_setup.Clock.GetUtcNow());
        read.Fields["text"].Reveal().Should().Be("quotes \" and ümlauts");
        (read.Fields["number"].Reveal(), read.Fields["number"].IsJson).Should().Be(("42", true));
        read.Fields["nested"].Reveal().Should().Be("""{"x":[true,null]}""");
    }

    [Fact]
    public async Task Keys_are_told_without_values()
    {
        var keys = (await _values.ReadSubkeysAsync("tenants/acme/twilio"))!;
        keys.Keys.Should().BeEquivalentTo("account_sid", "auth_token");
        keys.Version.Number.Should().Be(1);
        (await _values.ReadSubkeysAsync("no/such")).Should().BeNull();
        var raw = await RawAsync(HttpMethod.Post, "secret/data/deep", """{"data":{"a":{"b":{"c":"v"},"e":{}},"d":"v"}}""");
        raw.Status.Should().Be(200);
        (await RawAsync(HttpMethod.Get, "secret/subkeys/deep")).Body["data"]!["subkeys"]!.ToJsonString().Should().Be("""{"a":{"b":{"c":null},"e":null},"d":null}""");
        (await RawAsync(HttpMethod.Get, "secret/subkeys/deep?depth=1")).Body["data"]!["subkeys"]!.ToJsonString().Should().Be("""{"a":null,"d":null}""");
    }

    [Fact]
    public async Task Check_and_set_lets_one_of_two_writers_through()
    {
        var fields = new Dictionary<string, SecretValue> { ["a"] = new("1") };
        (await _values.WriteAsync("c", fields, checkAndSet: 0)).Number.Should().Be(1);
        (await Failing(_values.WriteAsync("c", fields, checkAndSet: 0))).Kind.Should().Be(VaultErrorKind.Conflict);
        (await _values.WriteAsync("c", fields, checkAndSet: 1)).Number.Should().Be(2);
        (await RawAsync(HttpMethod.Post, "secret/metadata/c", """{"cas_required":true}""")).Status.Should().Be(204);
        (await Failing(_values.WriteAsync("c", fields))).Kind.Should().Be(VaultErrorKind.BadRequest);
    }

    [Fact]
    public async Task A_version_is_deleted_brought_back_and_destroyed()
    {
        await _values.WriteAsync("v", new Dictionary<string, SecretValue> { ["a"] = new("1") });
        await _values.WriteAsync("v", new Dictionary<string, SecretValue> { ["a"] = new("2") });
        await _values.DeleteAsync("v");
        var deleted = (await _values.ReadAsync("v"))!;
        (deleted.State, deleted.Fields.Count, deleted.Version.Number).Should().Be((KeyValueState.Deleted, 0, 2));
        (await _values.ReadSubkeysAsync("v"))!.State.Should().Be(KeyValueState.Deleted);
        (await _values.ReadAsync("v", version: 1))!.Fields["a"].Reveal().Should().Be("1");

        (await RawAsync(HttpMethod.Put, "secret/undelete/v", """{"versions":[2]}""")).Status.Should().Be(204);
        (await _values.ReadAsync("v"))!.Fields["a"].Reveal().Should().Be("2");
        (await RawAsync(HttpMethod.Put, "secret/destroy/v", """{"versions":[2]}""")).Status.Should().Be(204);
        (await RawAsync(HttpMethod.Put, "secret/undelete/v", """{"versions":[2]}""")).Status.Should().Be(204);
        (await _values.ReadAsync("v"))!.State.Should().Be(KeyValueState.Destroyed);
        (await RawAsync(HttpMethod.Put, "secret/delete/v", """{"versions":[1]}""")).Status.Should().Be(204);

        var metadata = (await _values.ReadMetadataAsync("v"))!;
        metadata.CurrentVersion.Should().Be(2);
        metadata.Current!.State(_setup.Clock.GetUtcNow()).Should().Be(KeyValueState.Destroyed);
        metadata.Versions[1].State(_setup.Clock.GetUtcNow()).Should().Be(KeyValueState.Deleted);
        await _values.DeleteMetadataAsync("v");
        (await _values.ReadMetadataAsync("v")).Should().BeNull();
        await _values.DeleteMetadataAsync("v");
    }

    [Fact]
    public async Task Metadata_is_kept_beside_the_data()
    {
        await RawAsync(HttpMethod.Post, "secret/metadata/m", """{"custom_metadata":{"owner":"isp","x":"y"},"max_versions":2,"delete_version_after":"1h30m"}""");
        (await _values.ReadMetadataAsync("m"))!.Current.Should().BeNull();
        for (var i = 0; i < 4; i++)
        {
            await _values.WriteAsync("m", new Dictionary<string, SecretValue> { ["a"] = new("1") });
        }

        await RawAsync(HttpMethod.Patch, "secret/metadata/m", """{"custom_metadata":{"x":null}}""");
        var metadata = (await _values.ReadMetadataAsync("m"))!;
        metadata.CustomMetadata.Should().Equal(new Dictionary<string, string> { ["owner"] = "isp" });
        (metadata.CurrentVersion, metadata.OldestVersion, metadata.MaximumVersions, metadata.Versions.Count).Should().Be((4, 3, 2, 2));
        metadata.Current!.DeletedAt.Should().Be(_setup.Clock.GetUtcNow().AddMinutes(90));
        (await _values.ReadAsync("m"))!.CustomMetadata.Should().ContainKey("owner");
        _setup.Clock.Advance(TimeSpan.FromMinutes(90));
        (await _values.ReadAsync("m"))!.State.Should().Be(KeyValueState.Deleted);
    }

    [Fact]
    public async Task Folders_are_listed()
    {
        await _values.WriteAsync("tenants/acme/stripe/live", new Dictionary<string, SecretValue> { ["a"] = new("1") });
        (await _values.ListAsync()).Should().Equal("tenants/");
        (await _values.ListAsync("tenants/acme")).Should().Equal("stripe/", "twilio");
        (await _values.ListAsync("nobody")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_patch_changes_what_it_names()
    {
        await RawAsync(HttpMethod.Post, "secret/data/p", """{"data":{"a":"1","b":{"c":"2","d":"3"}}}""");
        (await RawAsync(HttpMethod.Patch, "secret/data/p", """{"data":{"a":null,"b":{"c":"4"},"e":{"f":"5"}},"options":{"cas":1}}""")).Status.Should().Be(200);
        (await RawAsync(HttpMethod.Get, "secret/data/p")).Body["data"]!["data"]!.ToJsonString().Should().Be("""{"b":{"c":"4","d":"3"},"e":{"f":"5"}}""");
    }

    [Fact]
    public async Task A_mount_that_is_not_there_is_an_error_and_not_an_absence() =>
        (await Failing(_setup.Root.KeyValue("nowhere").ReadAsync("a"))).Message.Should().Contain("no handler for route");

    [Fact]
    public async Task Creating_and_changing_are_two_capabilities()
    {
        _setup.Vault.WritePolicy("creator", """path "secret/data/*" { capabilities = ["create"] }""");
        using var client = _setup.As(_setup.Vault.IssueToken(null, "creator"));
        var fields = new Dictionary<string, SecretValue> { ["a"] = new("1") };
        await client.KeyValue().WriteAsync("new", fields);
        (await Failing(client.KeyValue().WriteAsync("new", fields))).Kind.Should().Be(VaultErrorKind.Forbidden);
    }

    private static async Task<VaultException> Failing(Task task) => (await task.Awaiting(static t => t).Should().ThrowAsync<VaultException>()).Which;

    private async Task<(int Status, JsonNode Body)> RawAsync(HttpMethod method, string path, string? body = null)
    {
        using var http = new HttpClient { BaseAddress = _setup.Vault.Address };
        using var request = new HttpRequestMessage(method, "/v1/" + path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Add("X-Vault-Token", _setup.Vault.RootToken);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
