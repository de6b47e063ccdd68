using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Forms;
using DotMac.Admin.Views;

namespace DotMac.Admin.Tests.Ui;

public sealed class LimitsFormTests
{
    private static readonly SecurityView Stored = new() { SandboxEnabled = false, ResourceLimits = new ResourceLimitsView { MemoryMb = 256, CpuPercent = 50 } };

    [Fact]
    public void What_is_as_it_was_changes_nothing()
    {
        LimitsForm.Of(Stored).Changes(Stored, []).Should().BeNull();
        LimitsForm.Of(null).Changes(null, []).Should().BeNull();
        LimitsForm.Of(Stored).Differences(Stored).Should().BeEmpty();
    }

    [Fact]
    public void Only_what_differs_is_written()
    {
        var form = LimitsForm.Of(Stored);
        form.Memory = " 300 ";
        form.Changes(Stored, []).Should().Be(new SecurityView { ResourceLimits = new ResourceLimitsView { MemoryMb = 300 } });
        form.IsConfined = true;
        form.Changes(Stored, [])!.SandboxEnabled.Should().BeTrue();
        form.Differences(Stored).Select(static d => (d.Before, d.After)).Should().Equal(("256", "300"), ("No", "Yes"));
    }

    [Fact]
    public void What_is_left_empty_stays()
    {
        var form = LimitsForm.Of(Stored);
        (form.Memory, form.Cpu) = (string.Empty, " ");
        form.Changes(Stored, []).Should().BeNull();
    }

    [Theory]
    [InlineData("lots")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void What_is_no_number_is_said(string text)
    {
        var errors = new List<FieldError>();
        new LimitsForm { Memory = text, Cpu = text }.Changes(null, errors);
        errors.Select(static e => e.Pointer).Should().Equal("/security/resource_limits/memory_mb", "/security/resource_limits/cpu_percent");
    }
}
