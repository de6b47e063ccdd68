using System.Text.Json;
using DotMac.Kubernetes.Apply;

namespace DotMac.Kubernetes.Tests.Apply;

public sealed class DesiredComparisonTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":{"b":"x","default":true},"status":{}}""")]
    [InlineData("""{"a":{},"b":[],"c":null}""", """{}""")]
    [InlineData("""{"env":[{"name":"X","value":""}]}""", """{"env":[{"name":"X"}]}""")]
    [InlineData("""{"a":"\u00e4"}""", """{"a":"ä"}""")]
    [InlineData("""{"resources":{"limits":{"cpu":"0.1","memory":"0.25Gi"}}}""", """{"resources":{"limits":{"cpu":"100m","memory":"256Mi"}}}""")]
    [InlineData(
        """{"spec":{"containers":[{"name":"plugin","image":"i"}]}}""",
        """{"spec":{"containers":[{"name":"injected","image":"v"},{"name":"plugin","image":"i","imagePullPolicy":"Always"}]}}""")]
    [InlineData(
        """{"spec":{"containers":[{"name":"c","env":[{"name":"A","value":"1"}],"volumeMounts":[{"mountPath":"/x","name":"v"}],"ports":[{"containerPort":80}]}]}}""",
        """{"spec":{"containers":[{"name":"c","env":[{"name":"B"},{"name":"A","value":"1"}],"volumeMounts":[{"mountPath":"/y"},{"mountPath":"/x","name":"v"}],"ports":[{"containerPort":80,"protocol":"TCP"}]}]}}""")]
    [InlineData(
        """{"metadata":{"ownerReferences":[{"uid":"1","controller":true}]}}""",
        """{"metadata":{"ownerReferences":[{"uid":"2"},{"uid":"1","controller":true,"name":"x"}]}}""")]
    [InlineData(
        """{"spec":{"ports":[{"port":8080,"name":"http"}]}}""",
        """{"spec":{"ports":[{"port":8080,"name":"http","nodePort":30000}],"clusterIP":"10.0.0.1"}}""")]
    public void What_is_there_with_more_around_it_is_as_wanted(string desired, string live) => Compare(desired, live).Should().BeNull();

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "/a")]
    [InlineData("""{"a":1}""", """{}""", "/a")]
    [InlineData("""{"a":{"b":{"c":"x"}}}""", """{"a":{"b":{"c":"y"}}}""", "/a/b/c")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[]}""", "/a")]
    [InlineData("""{"a":false}""", """{}""", "/a")]
    [InlineData("""{"a":false}""", """{"a":true}""", "/a")]
    [InlineData("""{"a":""}""", """{"a":"x"}""", "/a")]
    [InlineData("""{"a":"0.1"}""", """{"a":"100m"}""", "/a")]
    [InlineData("""{"limits":{"cpu":"0.2"}}""", """{"limits":{"cpu":"100m"}}""", "/limits/cpu")]
    [InlineData("""{"spec":{"containers":[{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"b"}]}}""", "/spec/containers/a")]
    [InlineData("""{"spec":{"containers":[{"name":"a","image":"1"}]}}""", """{"spec":{"containers":[{"name":"a","image":"2"}]}}""", "/spec/containers/a/image")]
    [InlineData("""{"spec":{"egress":[{"ports":[{"port":53}]}]}}""", """{"spec":{"egress":[{"ports":[{"port":53},{"port":80}]}]}}""", "/spec/egress/0/ports")]
    [InlineData("""{"spec":{"egress":[{"to":[1]}]}}""", """{"spec":{"egress":[{"to":[1]},{"to":[2]}]}}""", "/spec/egress")]
    [InlineData("""{"list":[1,2]}""", """{"list":[2,1]}""", "/list/0")]
    public void The_first_field_that_is_not_as_wanted_is_named(string desired, string live, string path) => Compare(desired, live).Should().Be(path);

    private static string? Compare(string desired, string live)
    {
        using var left = JsonDocument.Parse(desired);
        using var right = JsonDocument.Parse(live);
        return DesiredComparison.FirstDifference(left.RootElement, right.RootElement);
    }
}
