using DotMac.Plugins.Resources.Validation;
using FsCheck.Xunit;

namespace DotMac.Plugins.Resources.Tests.Validation;

public sealed class ClosestMatchTests
{
    private static readonly string[] Known = ["accountSid", "authToken", "phoneNumber"];

    [Theory]
    [InlineData("authtoken", "authToken")]
    [InlineData("auth_token", "authToken")]
    [InlineData("AuthTokne", "authToken")]
    [InlineData("phone", null)]
    [InlineData("fax", null)]
    [InlineData("", null)]
    public void Finds_what_was_meant(string written, string? expected) => ClosestMatch.Of(written, Known).Should().Be(expected);

    [Property]
    public bool Every_known_name_is_its_own_match(string? name) =>
        string.IsNullOrEmpty(name) || name.Length > 128 || ClosestMatch.Of(name, [name]) == name;

    [Property]
    public bool The_answer_is_a_known_name(string? written) => ClosestMatch.Of(written ?? "", Known) is null or "accountSid" or "authToken" or "phoneNumber";
}
