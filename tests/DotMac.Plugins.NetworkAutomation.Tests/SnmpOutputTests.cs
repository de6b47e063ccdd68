using DotMac.Plugins.NetworkAutomation.Snmp;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class SnmpOutputTests
{
    // As net-snmp 5.9 prints them, with the plugin's options and without.
    [Theory]
    [InlineData("INTEGER: 72", SnmpType.Integer, 72L)]
    [InlineData("INTEGER: -1", SnmpType.Integer, -1L)]
    [InlineData("INTEGER: up(1)", SnmpType.Integer, 1L)]
    [InlineData("INTEGER: 1500 octets", SnmpType.Integer, 1500L)]
    [InlineData("Counter32: 4294967295", SnmpType.Counter32, 4294967295L)]
    [InlineData("Gauge32: 10000000", SnmpType.Gauge32, 10000000L)]
    [InlineData("Timeticks: (99) 0:00:00.99", SnmpType.TimeTicks, 99L)]
    [InlineData("Timeticks: (4294967295) 497 days, 2:27:52.95", SnmpType.TimeTicks, 4294967295L)]
    [InlineData("Counter64: 18446744073709551615", SnmpType.Counter64, 18446744073709551615UL)]
    [InlineData("IpAddress: 127.0.0.1", SnmpType.IpAddress, "127.0.0.1")]
    [InlineData("Network Address: 7F:00:00:01", SnmpType.IpAddress, "127.0.0.1")]
    [InlineData("OID: .1.3.6.1.4.1.8072.3.2.10", SnmpType.Oid, ".1.3.6.1.4.1.8072.3.2.10")]
    [InlineData("OID: .0.0", SnmpType.Oid, ".0.0")]
    [InlineData("Hex-STRING: 6C 69 6E 65 20 6F 6E 65 ", SnmpType.OctetString, "line one")]
    [InlineData("Hex-STRING: 67 72 C3 BC C3 9F 65 0A 32 ", SnmpType.OctetString, "grüße\n2")]
    [InlineData("Hex-STRING: 00 1B 21 3C 4D 5E ", SnmpType.HexString, "001b213c4d5e")]
    [InlineData("Hex-STRING: C3 28 ", SnmpType.HexString, "c328")]
    [InlineData("Hex-STRING: 41 00 ", SnmpType.HexString, "4100")]
    [InlineData("STRING: \"a \\\"quoted\\\" back\\\\slash\"", SnmpType.OctetString, "a \"quoted\" back\\slash")]
    [InlineData("STRING: eth0", SnmpType.OctetString, "eth0")]
    [InlineData("\"\"", SnmpType.OctetString, "")]
    [InlineData("BITS: 80 40 ", SnmpType.Bits, "8040")]
    [InlineData("BITS: 80 0(0) ", SnmpType.Bits, "80")]
    [InlineData("Opaque: Float: 0.150000", SnmpType.Opaque, "Float: 0.150000")]
    [InlineData("NULL", SnmpType.Null, null)]
    [InlineData("No Such Object available on this agent at this OID", SnmpType.NoSuchObject, null)]
    [InlineData("No Such Instance currently exists at this OID", SnmpType.NoSuchInstance, null)]
    [InlineData("No more variables left in this MIB View (It is past the end of the MIB tree)", SnmpType.EndOfMibView, null)]
    [InlineData("Wrong Type (should be Counter32): Gauge32: 5", SnmpType.Gauge32, 5L)]
    [InlineData("INTEGER: many", SnmpType.Unknown, "INTEGER: many")]
    [InlineData("Something: new", SnmpType.Unknown, "Something: new")]
    public void AValueIsReadWithItsType(string printed, SnmpType type, object? value)
    {
        SnmpVariable variable = SnmpOutput.ParseVariable($".1.3.6.1.2.1.1.1.0 = {printed}")!;

        variable.Oid.Should().Be(".1.3.6.1.2.1.1.1.0");
        variable.Type.Should().Be(type);
        variable.Value.Should().Be(value);
    }

    [Fact]
    public void ManyLinesAreManyVariables()
    {
        IReadOnlyList<SnmpVariable> variables = SnmpOutput.Parse(
            ".1.3.6.1.2.1.1.5.0 = Hex-STRING: 6E 31 \n.1.3.6.1.2.1.1.4.0 = \"\"\n.1.3.6.1.2.1.1.7.0 = INTEGER: 72\r\n");

        variables.Select(variable => variable.Value).Should().Equal("n1", "", 72L);
    }

    [Fact]
    public void TextOverSeveralLinesIsOneVariable()
    {
        IReadOnlyList<SnmpVariable> variables = SnmpOutput.Parse(
            ".1.3.6.1.2.1.1.1.0 = STRING: \"Cisco IOS\r\nCompiled = today\n\nby someone\"\n.1.3.6.1.2.1.2.2.1.6.1 = Hex-STRING: 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F \n10 11 \n");

        variables.Should().HaveCount(2);
        variables[0].Value.Should().Be("Cisco IOS\nCompiled = today\n\nby someone");
        variables[1].Value.Should().Be("000102030405060708090a0b0c0d0e0f1011");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Created directory: /tmp/x/cert_indexes")]
    [InlineData("IF-MIB::ifDescr.1 = STRING: lo")]
    public void WhatIsNoVariableIsPassedOver(string line)
    {
        SnmpOutput.ParseVariable(line).Should().BeNull();
        SnmpOutput.Parse(line + "\n.1.3 = INTEGER: 1\n").Should().ContainSingle().Which.Value.Should().Be(1L);
    }
}
