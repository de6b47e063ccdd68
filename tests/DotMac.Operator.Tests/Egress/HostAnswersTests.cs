using System.Net;
using DotMac.Operator.Egress;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Egress;

public sealed class HostAnswersTests
{
    [Fact]
    public void An_address_counts_for_ten_minutes_after_it_was_told_last()
    {
        var answers = After(HostAnswers.None, 0, "54.0.0.2", "54.0.0.1");
        answers.Ranges.Should().Equal("54.0.0.1/32", "54.0.0.2/32");
        answers = After(answers, 5, "54.0.0.3", "54.0.0.1");
        answers.Ranges.Should().Equal("54.0.0.1/32", "54.0.0.2/32", "54.0.0.3/32");
        After(answers, 10, "54.0.0.3").Ranges.Should().Equal("54.0.0.1/32", "54.0.0.2/32", "54.0.0.3/32");
        After(answers, 11, "54.0.0.3").Ranges.Should().Equal("54.0.0.1/32", "54.0.0.3/32");
    }

    [Fact]
    public void Who_cannot_tell_makes_nothing_forgotten()
    {
        var answers = After(HostAnswers.None, 0, "54.0.0.1");
        After(answers, 600).Should().BeSameAs(answers);
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.9.9")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("fd00:ec2::254")]
    [InlineData("2606:4700::1")]
    public void A_name_that_is_pointed_into_the_cluster_opens_nothing_there(string address) =>
        After(HostAnswers.None, 0, address, "54.0.0.1").Ranges.Should().Equal("54.0.0.1/32");

    [Fact]
    public void Of_a_name_that_has_hundreds_those_told_last_count()
    {
        var answers = After(HostAnswers.None, 0, [.. Enumerable.Range(1, 60).Select(static n => $"54.0.0.{n}")]);
        answers = After(answers, 1, [.. Enumerable.Range(1, 60).Select(static n => $"54.0.1.{n}")]);
        answers.Ranges.Should().HaveCount(HostAnswers.Most);
        answers.Ranges.Count(static range => range.StartsWith("54.0.1.", StringComparison.Ordinal)).Should().Be(60);
    }

    private static HostAnswers After(HostAnswers before, int minutes, params string[] addresses) =>
        before.After([.. addresses.Select(IPAddress.Parse)], Given.Now.AddMinutes(minutes));
}
