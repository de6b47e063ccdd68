using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources.Defaults;
using FsCheck.Xunit;

namespace DotMac.Plugins.Resources.Tests.Defaults;

public sealed class ResourceDefaultsTests
{
    [Fact]
    public void The_spec_covers_the_definition_covers_the_built_in()
    {
        var merged = ResourceDefaults.Merge(Of(limits: "memory=1Gi"), Of(requests: "cpu=100m", limits: "memory=512Mi ephemeral-storage=1Gi"));
        Text(merged.Requests).Should().Be("cpu=100m ephemeral-storage=64Mi memory=64Mi");
        Text(merged.Limits).Should().Be("cpu=500m ephemeral-storage=1Gi memory=1Gi");
    }

    [Fact]
    public void A_request_that_was_asked_for_raises_a_limit_that_was_not()
    {
        var merged = ResourceDefaults.Merge(Of(requests: "memory=1Gi"), Of(limits: "memory=128Mi"));
        Text(merged.Requests).Should().Contain("memory=1Gi");
        Text(merged.Limits).Should().Contain("memory=1Gi");
    }

    [Fact]
    public void A_limit_that_was_asked_for_lowers_a_request_that_was_not()
    {
        var merged = ResourceDefaults.Merge(Of(limits: "memory=32Mi"), null);
        Text(merged.Requests).Should().Contain("memory=32Mi");
        Text(merged.Limits).Should().Contain("memory=32Mi");
    }

    [Fact]
    public void Within_one_layer_the_limit_wins() =>
        Text(ResourceDefaults.Merge(Of("cpu=2", "cpu=1"), null).Requests).Should().Contain("cpu=1");

    [Property]
    public bool No_request_is_ever_above_its_limit(byte? specRequest, byte? specLimit, byte? request, byte? limit)
    {
        var merged = ResourceDefaults.Merge(Mebibytes(specRequest, specLimit), Mebibytes(request, limit));
        return merged.Requests!.All(pair => !merged.Limits!.TryGetValue(pair.Key, out var most) || pair.Value <= most);
    }

    private static V1ResourceRequirements Mebibytes(byte? request, byte? limit) =>
        Of(request is null ? null : $"memory={request * 4}Mi", limit is null ? null : $"memory={limit * 4}Mi");

    private static V1ResourceRequirements Of(string? requests = null, string? limits = null) => new() { Requests = Amounts(requests), Limits = Amounts(limits) };

    private static Dictionary<string, ResourceQuantity>? Amounts(string? text) =>
        text?.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => ResourceQuantity.Parse(pair[1]));

    private static string Text(IDictionary<string, ResourceQuantity>? amounts) => string.Join(' ', amounts!.Select(pair => $"{pair.Key}={pair.Value}"));
}
