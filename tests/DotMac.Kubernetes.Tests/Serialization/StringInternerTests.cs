using System.Text;
using DotMac.Kubernetes.Serialization;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Tests.Serialization;

public sealed class StringInternerTests
{
    [Property(MaxTest = 500)]
    public bool Whatever_collides_the_text_is_right(string? text)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? string.Empty));
        return StringInterner.Intern(Encoding.UTF8.GetBytes(valid)) == valid;
    }

    [Fact]
    public void Equal_bytes_give_one_instance_and_long_ones_are_not_kept()
    {
        StringInterner.Intern("some-namespace"u8).Should().BeSameAs(StringInterner.Intern("some-namespace"u8));
        var @long = Encoding.UTF8.GetBytes(new string('ä', 300));
        StringInterner.Intern(@long).Should().Be(StringInterner.Intern(@long)).And.NotBeSameAs(StringInterner.Intern(@long));
        StringInterner.Intern([]).Should().BeSameAs(string.Empty);
    }
}
