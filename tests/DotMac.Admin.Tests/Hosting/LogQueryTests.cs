using DotMac.Admin.Logs;

namespace DotMac.Admin.Tests.Hosting;

public sealed class LogQueryTests
{
    [Fact]
    public void Only_what_is_asked_for_is_passed_on()
    {
        new LogQuery { Tail = null }.ToPodQuery("plugin").Should().Be("container=plugin");
        new LogQuery { Follow = true, Timestamps = true, Tail = 5, Since = 60 }.ToPodQuery("plugin").Should().Be("container=plugin&follow=true&timestamps=true&tailLines=5&sinceSeconds=60");
        new LogQuery { Follow = true, Previous = true, Tail = null }.ToPodQuery("plugin").Should().Be("container=plugin&previous=true", "what has ended cannot be followed");
    }
}
