using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.NetworkAutomation.Snmp;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class SnmpArgumentsTests
{
    [Fact]
    public void ARequestLoadsNoMibsAndEndsItsOptionsBeforeTheHost() =>
        SnmpArguments.Get(Make.V2C("s3cret"), ["1.3.6.1"])
            .Should().Equal("-m", "", "-On", "-Oe", "-OU", "-Ox", "-t", "2", "-r", "2", "--", "udp:192.0.2.1:161", "1.3.6.1");

    [Fact]
    public void ANameLoadsItsModuleOnly() =>
        SnmpArguments.Get(Make.V2C(), ["IF-MIB::ifDescr.1", "1.3", "SNMPv2-MIB::sysName.0", "IF-MIB::ifDescr.2"]).Should().StartWith(["-m", "IF-MIB:SNMPv2-MIB"]);

    [Fact]
    public void AWalkSaysHowManyVariablesAtATime() =>
        SnmpArguments.Walk(Make.V2C() with { TimeoutSeconds = 0.5, Retries = 0 }, "1.3.6", 25)
            .Should().ContainInOrder("-t", "0.5", "-r", "0", "-Cr25", "--", "udp:192.0.2.1:161", "1.3.6");

    [Fact]
    public void ValuesToSetAreArgumentsOfTheirOwn() =>
        SnmpArguments.Set(Make.V2C(), [Set("1.1", "i", "-5"), Set("1.2", "s", "a b; $(id)")])
            .Should().EndWith(["--", "udp:192.0.2.1:161", "1.1", "i", "-5", "1.2", "s", "a b; $(id)"]);

    [Theory]
    [InlineData("192.0.2.1", "udp:192.0.2.1:161")]
    [InlineData("edge-1.example", "udp:edge-1.example:161")]
    [InlineData("2001:db8::1", "udp6:[2001:db8::1]:161")]
    public void TheAddressNamesItsTransport(string host, string address) => SnmpArguments.Address(Make.V2C() with { Host = host }).Should().Be(address);

    [Fact]
    public void CredentialsStandInTheFileAndQuotedSoThatTheyAreReadAsTheyAre()
    {
        string text = SnmpConf.Text(Make.V2C(" #a\"b\\ "));

        text.Should().Contain("defVersion 2c\n").And.Contain("defCommunity \" #a\\\"b\\\\ \"\n").And.NotContain("defSecurityName");
    }

    [Fact]
    public void OnlyTheCredentialsOfTheLevelAreWritten()
    {
        var target = new SnmpTarget
        {
            Host = "h",
            Port = 161,
            Version = SnmpTarget.Version3,
            User = "u",
            SecurityLevel = SnmpTarget.AuthNoPriv,
            AuthProtocol = "SHA-256",
            AuthPassword = "auth-password",
            PrivPassword = "priv-password",
            ContextName = "vlan 10",
        };

        string authNoPriv = SnmpConf.Text(target);
        string authPriv = SnmpConf.Text(target with { SecurityLevel = SnmpTarget.AuthPriv });
        string plain = SnmpConf.Text(target with { SecurityLevel = SnmpTarget.NoAuthNoPriv });

        authNoPriv.Should().Contain("defSecurityLevel authNoPriv\n").And.Contain("defAuthType SHA-256\ndefAuthPassphrase \"auth-password\"\n")
            .And.Contain("defContext \"vlan 10\"").And.NotContain("priv-password");
        authPriv.Should().Contain("defPrivType AES\ndefPrivPassphrase \"priv-password\"\n");
        plain.Should().NotContain("password");
    }

    [Theory]
    [InlineData("Timeout: No Response from udp:192.0.2.1:161.\n", FailureCode.Timeout, "community")]
    [InlineData("Created directory: /tmp/x/cert_indexes\nsnmpget: Unknown user name\n", FailureCode.Credentials, "user")]
    [InlineData("snmpget: Authentication failure (incorrect password, community or key)\n", FailureCode.Credentials, "authPassword")]
    [InlineData("snmpget: Unsupported security level\n", FailureCode.Credentials, "securityLevel")]
    [InlineData("snmpget: Unknown host (udp:nohost.invalid:161)\n", FailureCode.Unreachable, "DNS")]
    [InlineData("snmpget: Failure in sendto (Network is unreachable)\n", FailureCode.Unreachable, "egress")]
    [InlineData("Error in packet\nReason: authorizationError (access denied to that object)\n", FailureCode.Forbidden, "authorizationError")]
    [InlineData("Error in packet.\nReason: wrongType (The set datatype does not match)\nFailed object: .1.3.6.1.2.1.1.5.0\n", FailureCode.Refused, ".1.3.6.1.2.1.1.5.0")]
    [InlineData("Error: OID not increasing: .1.3.2\n >= .1.3.1\n", FailureCode.Refused, "not increasing")]
    [InlineData("MIB search path: /x\nCannot find module (ACME-MIB): At line 1 in (none)\nACME-MIB::x.0: Unknown Object Identifier\n", FailureCode.Refused, "MIB")]
    [InlineData("", FailureCode.Refused, "without saying why")]
    public void AnErrorIsToldWithAWayOut(string error, FailureCode code, string said)
    {
        DeviceFailure failure = SnmpErrors.Map(Make.V2C("s3cret"), error);

        failure.Code.Should().Be(code);
        failure.Message.Should().Contain(said).And.NotContain("s3cret");
    }

    private static SnmpAssignment Set(string oid, string type, string value) => new() { Oid = oid, Type = type, Value = value };
}
