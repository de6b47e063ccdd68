using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.IntegrationTests.Client;

/// <summary>The verbs, against the real server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ResourceTests(ControlPlaneFixture fixture) : IDisposable
{
    private readonly ControlPlane _cluster = fixture.ControlPlane;
    private readonly KubernetesClient _client = fixture.ControlPlane.CreateClient(WidgetJson.Options);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_was_created_can_be_read_back_and_what_is_not_there_is_null()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();

        var created = await maps.CreateAsync(Maps.New(ns, "a", ("key", "välue \"quoted\" \n & <more>")));
        var read = await maps.GetAsync(new ObjectKey(ns, "a"));

        read.Should().BeEquivalentTo(created);
        read!.Data.Should().Equal(new Dictionary<string, string> { ["key"] = "välue \"quoted\" \n & <more>" });
        read.Metadata.Uid.Should().NotBeNullOrEmpty();
        (await maps.GetAsync(new ObjectKey(ns, "b"))).Should().BeNull();
    }

    [Fact]
    public async Task A_list_in_pages_has_every_object_once_and_one_resource_version()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var names = Enumerable.Range(0, 23).Select(static i => $"map-{i:00}").ToArray();
        foreach (var name in names)
        {
            await maps.CreateAsync(Maps.New(ns, name));
        }

        var seen = new List<string>();
        var versions = new HashSet<string>();
        var pages = 0;
        var options = new ListOptions(ns) { Limit = 5 };
        do
        {
            var page = await maps.ListAsync(options);
            pages++;
            seen.AddRange(page.Items.Select(static m => m.Metadata.Name!));
            versions.Add(page.ResourceVersion!);
            options = options with { Continue = page.Continue };
        }
        while (options.Continue is not null);

        pages.Should().Be(5);
        seen.Should().Equal(names);
        versions.Should().ContainSingle();
    }

    [Fact]
    public async Task Lists_can_be_narrowed_by_labels_and_fields_and_span_namespaces()
    {
        var first = await _cluster.CreateNamespaceAsync();
        var second = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        foreach (var (ns, name, tier) in new[] { (first, "a", "web"), (first, "b", "data"), (second, "c", "web") })
        {
            var map = Maps.New(ns, name);
            map.Metadata.Labels = new Dictionary<string, string> { ["tier"] = tier, ["test"] = first };
            await maps.CreateAsync(map);
        }

        (await NamesAsync(new ListOptions(first, "tier=web"))).Should().Equal("a");
        (await NamesAsync(new ListOptions(first, "tier!=web"))).Should().Equal("b");
        (await NamesAsync(new ListOptions(null, $"tier in (web,data),test={first}"))).Should().BeEquivalentTo("a", "b", "c");
        (await NamesAsync(new ListOptions(first, FieldSelector: "metadata.name=b"))).Should().Equal("b");

        async Task<IEnumerable<string?>> NamesAsync(ListOptions options) =>
            (await maps.ListAsync(options)).Items.Select(static m => m.Metadata.Name);
    }

    [Fact]
    public async Task Update_replaces_and_refuses_when_somebody_was_faster()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var first = await maps.CreateAsync(Maps.New(ns, "a", ("x", "1")));

        first.Data = new Dictionary<string, string> { ["y"] = "2" };
        var second = await maps.UpdateAsync(first);
        second.Data.Should().Equal(new Dictionary<string, string> { ["y"] = "2" });

        var stale = () => maps.UpdateAsync(first);
        var thrown = (await stale.Should().ThrowAsync<ApiException>()).Which;
        thrown.IsConflict.Should().BeTrue();
        thrown.IsAlreadyExists.Should().BeFalse();
        thrown.Status.Reason.Should().Be("Conflict");
    }

    [Fact]
    public async Task Merge_patch_changes_what_it_names_and_can_be_made_conditional()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var key = new ObjectKey(ns, "a");
        var created = await maps.CreateAsync(Maps.New(ns, "a", ("keep", "1"), ("drop", "2")));

        var patched = await maps.PatchAsync(key, JsonNode.Parse("""{"data":{"drop":null,"add":"3"}}""")!);
        patched.Data.Should().BeEquivalentTo(new Dictionary<string, string> { ["keep"] = "1", ["add"] = "3" });

        var conditional = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = created.Metadata.ResourceVersion },
            ["data"] = new JsonObject { ["late"] = "4" },
        };
        (await Awaiting(() => maps.PatchAsync(key, conditional))).IsConflict.Should().BeTrue();
        (await Awaiting(() => maps.PatchAsync(new ObjectKey(ns, "none"), new JsonObject()))).IsNotFound.Should().BeTrue();
    }

    [Fact]
    public async Task Status_and_spec_of_a_custom_resource_are_written_apart()
    {
        await _cluster.ApplyCrdAsync(Widget.Definition);
        var ns = await _cluster.CreateNamespaceAsync();
        var widgets = _client.Resource<Widget>();
        var key = new ObjectKey(ns, "w");
        var created = await widgets.CreateAsync(new Widget
        {
            Metadata = new() { Namespace = ns, Name = "w" },
            Spec = new WidgetSpec { Size = 3, Parts = ["a"] },
            Status = new WidgetStatus { Message = "ignored on create" },
        });
        created.Status.Should().BeNull();
        created.Metadata.Generation.Should().Be(1);

        var status = await widgets.PatchAsync(
            key, JsonNode.Parse("""{"spec":{"size":9},"status":{"observedGeneration":1,"message":"fine"}}""")!, "status");
        status.Status.Should().BeEquivalentTo(new WidgetStatus { ObservedGeneration = 1, Message = "fine" });
        status.Spec.Size.Should().Be(3, "the status subresource does not touch the spec");
        status.Metadata.Generation.Should().Be(1);

        var spec = await widgets.PatchAsync(key, JsonNode.Parse("""{"spec":{"size":9},"status":{"message":"lost"}}""")!);
        spec.Status!.Message.Should().Be("fine");
        spec.Metadata.Generation.Should().Be(2);
    }

    [Fact]
    public async Task Apply_creates_owns_and_removes_fields_and_leaves_those_of_others_alone()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var mine = new ApplyOptions("mine");
        await maps.ApplyAsync(Maps.New(ns, "a", ("x", "1"), ("y", "1")), mine);
        await maps.ApplyAsync(Maps.New(ns, "a", ("z", "theirs")), new ApplyOptions("theirs"));

        var removed = await maps.ApplyAsync(Maps.New(ns, "a", ("x", "2")), mine);

        removed.Data.Should().BeEquivalentTo(new Dictionary<string, string> { ["x"] = "2", ["z"] = "theirs" });

        var version = removed.Metadata.ResourceVersion;
        (await maps.ApplyAsync(Maps.New(ns, "a", ("x", "2")), mine)).Metadata.ResourceVersion.Should().Be(version, "nothing changed");
        (await maps.ApplyAsync(Maps.New(ns, "a", ("x", "dry")), mine with { DryRun = true })).Data!["x"].Should().Be("dry");
        (await maps.GetAsync(new ObjectKey(ns, "a")))!.Data!["x"].Should().Be("2", "a dry run stores nothing");

        (await Awaiting(() => maps.ApplyAsync(Maps.New(ns, "a", ("z", "taken")), mine with { Force = false }))).IsConflict.Should().BeTrue();
        (await maps.ApplyAsync(Maps.New(ns, "a", ("z", "taken")), mine)).Data!["z"].Should().Be("taken");
    }

    [Fact]
    public async Task Delete_says_whether_there_was_anything_and_keeps_to_its_preconditions()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var created = await maps.CreateAsync(Maps.New(ns, "a"));
        var key = ObjectKey.Of(created);

        (await Awaiting(() => maps.DeleteAsync(key, new DeleteOptions(Uid: "00000000-0000-0000-0000-000000000000")))).IsConflict.Should().BeTrue();
        (await Awaiting(() => maps.DeleteAsync(key, new DeleteOptions(ResourceVersion: "1")))).IsConflict.Should().BeTrue();
        (await maps.DeleteAsync(
            key,
            new DeleteOptions(DeletePropagation.Background, created.Metadata.Uid, created.Metadata.ResourceVersion, GracePeriodSeconds: 0)))
            .Should().BeTrue();
        (await maps.DeleteAsync(key)).Should().BeFalse();
    }

    [Fact]
    public async Task A_finalizer_holds_a_deleted_object_until_it_is_taken_off()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        var map = Maps.New(ns, "a");
        map.Metadata.Finalizers = ["test.dotmac.io/hold"];
        await maps.CreateAsync(map);
        var key = ObjectKey.Of(map);

        await maps.DeleteAsync(key);
        var held = await maps.GetAsync(key);
        held!.Metadata.DeletionTimestamp.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        await maps.PatchAsync(key, JsonNode.Parse("""{"metadata":{"finalizers":[]}}""")!);
        (await maps.GetAsync(key)).Should().BeNull();
    }

    [Fact]
    public async Task Errors_tell_what_and_why()
    {
        await _cluster.ApplyCrdAsync(Widget.Definition);
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();
        await maps.CreateAsync(Maps.New(ns, "a"));

        var exists = await Awaiting(() => maps.CreateAsync(Maps.New(ns, "a")));
        exists.IsAlreadyExists.Should().BeTrue();
        exists.IsConflict.Should().BeFalse();
        exists.Status.Details.Should().BeEquivalentTo(new { Name = "a", Kind = "configmaps" });
        exists.Message.Should().Contain("POST").And.Contain("409").And.Contain("AlreadyExists").And.Contain("\"a\" already exists");

        var missing = await Awaiting(() => maps.CreateAsync(Maps.New("no-such-namespace", "a")));
        missing.IsNotFound.Should().BeTrue();
        missing.Message.Should().Contain("no-such-namespace");

        var invalid = await Awaiting(() => _client.Resource<Widget>().CreateAsync(new Widget
        {
            Metadata = new() { Namespace = ns, Name = "w" },
            Spec = new WidgetSpec { Size = 1000, Colour = "RED" },
        }));
        invalid.Code.Should().Be(HttpStatusCode.UnprocessableEntity);
        invalid.IsInvalid.Should().BeTrue();
        invalid.Status.Details!.Causes!.Select(static c => c.Field).Should().BeEquivalentTo("spec.size", "spec.colour");
        invalid.Status.Details.Causes!.Should().OnlyContain(static c => c.Reason != null && c.Message != null);

        var unknown = new EntityType("no.such.group", "v1", "Thing", "things", EntityScope.Namespaced);
        (await Awaiting(() => _client.Resource<Unstructured>(unknown).ListAsync(ListOptions.All))).IsNotFound.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_has_no_right_is_told_so()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        using var nobody = new KubernetesClient(_cluster.ConfigurationOf("nobody"));

        var refused = await Awaiting(() => nobody.Resource<V1ConfigMap>().ListAsync(new ListOptions(ns)));

        refused.IsForbidden.Should().BeTrue();
        refused.IsNamespaceTerminating.Should().BeFalse();
        refused.Message.Should().Contain("nobody").And.Contain("configmaps");
    }

    [Fact]
    public async Task A_name_may_be_left_to_the_server_and_a_read_without_one_is_a_mistake()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var maps = _client.Resource<V1ConfigMap>();

        var made = await maps.CreateAsync(new V1ConfigMap { Metadata = new() { Namespace = ns, GenerateName = "made-" } });

        made.Metadata.Name.Should().StartWith("made-").And.HaveLength("made-".Length + 5);
        var nameless = () => maps.GetAsync(new ObjectKey(ns, string.Empty));
        await nameless.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Any_kind_can_be_read_raw_and_as_metadata_only()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        var map = Maps.New(ns, "a", ("number", "1.50"));
        map.Metadata.Labels = new Dictionary<string, string> { ["l"] = "v" };
        var created = await _client.Resource<V1ConfigMap>().CreateAsync(map);
        var type = EntityType.Of<V1ConfigMap>();
        var key = new ObjectKey(ns, "a");

        var raw = (await _client.Resource<Unstructured>(type).GetAsync(key))!;
        raw.Kind.Should().Be("ConfigMap");
        Encoding.UTF8.GetString(raw.Body.Span).Should().Be("""{"data":{"number":"1.50"}}""");
        raw.Metadata.Should().BeEquivalentTo(created.Metadata);

        var partial = (await _client.Resource<V1PartialObjectMetadata>(type).GetAsync(key))!;
        partial.Kind.Should().Be("PartialObjectMetadata");
        partial.Metadata.Should().BeEquivalentTo(created.Metadata);
        var list = await _client.Resource<V1PartialObjectMetadata>(type).ListAsync(new ListOptions(ns));
        list.Items.Should().ContainSingle(static m => m.Metadata.Name == "a").Which.Metadata.Labels.Should().ContainKey("l");
    }

    [Fact]
    public async Task A_raw_object_can_be_applied_as_it_was_read()
    {
        await _cluster.ApplyCrdAsync(Widget.Definition);
        var ns = await _cluster.CreateNamespaceAsync();
        var raw = _client.Resource<Unstructured>(EntityType.Of<Widget>());
        var applied = await raw.ApplyAsync(
            new Unstructured
            {
                ApiVersion = "test.dotmac.io/v1",
                Kind = "Widget",
                Metadata = new() { Namespace = ns, Name = "w" },
                Body = """{"spec":{"size":7,"parts":["a","b"]}}"""u8.ToArray(),
            },
            new ApplyOptions("raw"));

        using var body = applied.ParseBody();
        body.RootElement.GetProperty("spec").GetProperty("size").GetInt32().Should().Be(7);
        (await _client.Resource<Widget>().GetAsync(new ObjectKey(ns, "w")))!.Spec.Parts.Should().Equal("a", "b");
    }

    [Fact]
    public async Task Of_a_secret_only_the_names_of_its_keys_are_read()
    {
        var ns = await _cluster.CreateNamespaceAsync();
        await _cluster.SendAsync(
            HttpMethod.Post,
            $"api/v1/namespaces/{ns}/secrets",
            JsonNode.Parse("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"password":"x","user":"y"}}"""));

        var secret = await _client.Resource<V1Secret>().GetAsync(new ObjectKey(ns, "s"));

        secret!.Keys.Should().BeEquivalentTo("password", "user");
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_an_error_and_not_memory()
    {
        Encoding.UTF8.GetString(await _client.GetRawAsync("readyz")).Should().Be("ok");
        var long_ = () => _client.GetRawAsync("openapi/v2", maximumBytes: 1024);
        await long_.Should().ThrowAsync<HttpRequestException>();
    }

    private static async Task<ApiException> Awaiting<T>(Func<Task<T>> action) => (await action.Should().ThrowAsync<ApiException>()).Which;
}
