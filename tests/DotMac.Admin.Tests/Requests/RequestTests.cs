using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Plugins.Resources.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DotMac.Admin.Tests.Requests;

public sealed class RequestTests
{
    [Fact]
    public void Every_parameter_that_is_wrong_is_named()
    {
        var parameters = new Parameters(Query(("a", "x"), ("b", "0"), ("c", "odd"), ("d", "yesterday"), ("e", "maybe"), ("f", "a\u0001b")));
        parameters.Number("a", 1, 5);
        parameters.Number("b", 1, 5);
        parameters.Word("c", "one", "two");
        parameters.Time("d");
        parameters.Flag("e");
        parameters.Text("f");
        parameters.Text("not-there").Should().BeNull();
        var check = parameters.Check;
        check.Should().Throw<ProblemException>().Which.Problem.Errors!.Select(static e => e.Pointer).Should().Equal("?a", "?b", "?c", "?d", "?e", "?f");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public void A_flag_may_be_written_so(string text, bool expected)
    {
        var parameters = new Parameters(Query(("f", text)));
        parameters.Flag("f").Should().Be(expected);
        parameters.Check();
    }

    [Theory]
    [InlineData("\"17\"", "17")]
    [InlineData("*", null)]
    public void A_tag_names_a_version(string header, string? expected) => EntityTags.Required(Request("If-Match", header)).Should().Be(expected);

    [Theory]
    [InlineData("17")]
    [InlineData("W/\"17\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"\"")]
    public void What_is_no_tag_is_refused(string header)
    {
        var read = () => EntityTags.Required(Request("If-Match", header));
        read.Should().Throw<ProblemException>().Which.Problem.Status.Should().Be(400);
    }

    [Theory]
    [InlineData("\"17\"", true)]
    [InlineData("W/\"17\"", true)]
    [InlineData("\"16\", \"17\"", true)]
    [InlineData("*", true)]
    [InlineData("\"18\"", false)]
    [InlineData("nonsense", false)]
    public void A_state_that_is_known_need_not_be_sent(string header, bool expected) => EntityTags.IsKnown(Request("If-None-Match", header), "17").Should().Be(expected);

    [Theory]
    [InlineData("/spec/version", "/version")]
    [InlineData("/spec/plugin", "/plugin_id")]
    [InlineData("/spec/resources/limits/memory", "/security/resource_limits/memory_mb")]
    [InlineData("/spec/config", "/config_data")]
    [InlineData("/spec/config/a", "/config_data/a")]
    [InlineData("/metadata/name", "/instance_id")]
    [InlineData("/spec/replicas", "/spec/replicas")]
    public void Errors_of_the_resource_are_told_in_the_words_of_the_request(string pointer, string expected) =>
        RequestPointers.Of(new ValidationError(pointer, "x"), null).Pointer.Should().Be(expected);

    [Theory]
    [InlineData("spec.config.accountSid", "/spec/config/accountSid")]
    [InlineData("spec.callers[0].namespace", "/spec/callers/0/namespace")]
    [InlineData("/spec/version", "/spec/version")]
    [InlineData(null, "")]
    public void Fields_are_named_by_the_API_server_in_ways_of_its_own(string? field, string expected) => RequestPointers.PointerOf(field).Should().Be(expected);

    private static QueryCollection Query(params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(static p => p.Name, static p => new StringValues(p.Value)));

    private static HttpRequest Request(string header, string value)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[header] = value;
        return http.Request;
    }
}
