using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.NetworkAutomation.Playbooks;
using DotMac.Plugins.NetworkAutomation.Ssh;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class RequestTests
{
    [Theory]
    [InlineData("1.3.6.1.2.1.1.3.0", true)]
    [InlineData(".1.3.6.1", true)]
    [InlineData("IF-MIB::ifDescr.1", true)]
    [InlineData("SNMPv2-MIB::sysUpTime.0", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("-v1", false)]
    [InlineData("3.1.2", false)]
    [InlineData("1.3.6.1 ", false)]
    [InlineData("1.3\n", false)]
    [InlineData("sysUpTime.0", false)]
    [InlineData("../../etc::x.0", false)]
    [InlineData("IF-MIB::ifDescr.$(id)", false)]
    public void AnObjectIdentifierIsNumbersOrANameOfAMib(string oid, bool good) =>
        WholeMatch.Is(oid, NetworkForms.ObjectName).Should().Be(good);

    [Theory]
    [InlineData("i", "-2147483648", true)]
    [InlineData("i", "2147483648", false)]
    [InlineData("i", "1.5", false)]
    [InlineData("i", "", false)]
    [InlineData("u", "4294967295", true)]
    [InlineData("u", "-1", false)]
    [InlineData("t", "4294967296", false)]
    [InlineData("a", "192.0.2.255", true)]
    [InlineData("a", "192.0.2.256", false)]
    [InlineData("a", "1", false)]
    [InlineData("a", "::1", false)]
    [InlineData("o", ".1.3.6.1", true)]
    [InlineData("o", "IF-MIB::ifIndex", false)]
    [InlineData("s", "anything -at all\n", true)]
    [InlineData("s", "a\0b", false)]
    [InlineData("x", "00 ff:0A", true)]
    [InlineData("x", "0", false)]
    [InlineData("x", "", true)]
    [InlineData("d", "0.255 7", true)]
    [InlineData("d", "256", false)]
    public void AValueToSetMustFitItsType(string type, string value, bool good) =>
        Problems(new SnmpAssignment { Oid = "1.3", Type = type, Value = value }).Should().HaveCount(good ? 0 : 1);

    [Theory]
    [InlineData("/etc/hosts", true)]
    [InlineData("file", true)]
    [InlineData("./-file", true)]
    [InlineData("a b'c\"d\\e*?[x]", true)]
    [InlineData("-file", false)]
    [InlineData("/etc/", false)]
    [InlineData("/etc/..", false)]
    [InlineData(".", false)]
    [InlineData("a\nrm b", false)]
    [InlineData("a\rb", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u0085b", false)]
    public void APathToUploadToNamesAFile(string path, bool good) => (SftpBatch.PathProblem(path) is null).Should().Be(good);

    [Theory]
    [InlineData("version", true)]
    [InlineData("_x1", true)]
    [InlineData("ansible_host", false)]
    [InlineData("Ansible_Connection", false)]
    [InlineData("1x", false)]
    [InlineData("a-b", false)]
    [InlineData("", false)]
    public void AVariableIsNoneOfAnsiblesOwn(string name, bool good) => (ExtraVariables.NameProblem(name) is null).Should().Be(good);

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("a", null, true)]
    [InlineData(null, "g", true)]
    [InlineData("a", "g", false)]
    public void ARequestNamesDevicesOrAGroup(string? device, string? group, bool good) =>
        Problems(new SshExecRequest { Command = "x", Devices = device is null ? null : [device], Group = group }).Should().HaveCount(good ? 0 : 1);

    [Fact]
    public void NullInAListIsAnErrorOfTheCaller()
    {
        Problems(new SshExecRequest { Command = "x", Devices = [null!] }).Should().ContainSingle();
        Problems(new SnmpGetRequest { Devices = ["a"], Oids = [null!] }).Should().ContainSingle();
        Problems(new SnmpSetRequest { Devices = ["a"], Variables = [null!] }).Should().ContainSingle();
        Problems(new AnsibleRunRequest { Devices = ["a"], Playbook = "p", Tags = [null!] }).Should().ContainSingle();
    }

    [Fact]
    public void VariablesArePrintedByNoRequest() =>
        new AnsibleRunRequest { Playbook = "p", ExtraVars = new() { ["x"] = JsonElement.Parse("\"s3cret\"") } }.ToString().Should().Be(nameof(AnsibleRunRequest));

    private static ValidationResult[] Problems(IValidatableObject request) => [.. request.Validate(new ValidationContext(request))];
}
