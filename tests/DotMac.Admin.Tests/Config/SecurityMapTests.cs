using DotMac.Admin.Config;
using DotMac.Admin.Problems;
using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Tests.Config;

public sealed class SecurityMapTests
{
    [Fact]
    public void The_guides_words_become_Kubernetes_and_come_back()
    {
        var (spec, errors) = (new TenantPluginSpec(), new List<FieldError>());
        var security = new SecurityView { SandboxEnabled = false, ResourceLimits = new ResourceLimitsView { MemoryMb = 256, CpuPercent = 10 } };
        SecurityMap.Write(security, spec, errors);
        errors.Should().BeEmpty();
        spec.Sandbox!.Enabled.Should().BeFalse();
        spec.Resources!.Limits!["memory"].ToString().Should().Be("256Mi");
        spec.Resources.Limits["cpu"].ToString().Should().Be("100m");
        SecurityMap.Read(spec).Should().BeEquivalentTo(security);
    }

    [Fact]
    public void What_is_not_named_stays()
    {
        var spec = new TenantPluginSpec { Sandbox = new SandboxSpec { Enabled = true, RuntimeClassName = "gvisor" } };
        SecurityMap.Write(new SecurityView { ResourceLimits = new ResourceLimitsView { CpuPercent = 50 } }, spec, []);
        spec.Sandbox.Should().BeEquivalentTo(new SandboxSpec { Enabled = true, RuntimeClassName = "gvisor" });
        spec.Resources!.Limits!.Keys.Should().Equal("cpu");
        SecurityMap.Read(new TenantPluginSpec()).Should().BeNull();
    }

    [Theory]
    [InlineData(0, 10, "/security/resource_limits/memory_mb")]
    [InlineData(-1, 10, "/security/resource_limits/memory_mb")]
    [InlineData(long.MaxValue, 10, "/security/resource_limits/memory_mb")]
    [InlineData(64, 0, "/security/resource_limits/cpu_percent")]
    [InlineData(64, int.MaxValue, "/security/resource_limits/cpu_percent")]
    public void Amounts_that_cannot_be_are_errors(long memory, int percent, string pointer)
    {
        var errors = new List<FieldError>();
        SecurityMap.Write(new SecurityView { ResourceLimits = new ResourceLimitsView { MemoryMb = memory, CpuPercent = percent } }, new TenantPluginSpec(), errors);
        errors.Select(static e => e.Pointer).Should().Equal(pointer);
    }
}
