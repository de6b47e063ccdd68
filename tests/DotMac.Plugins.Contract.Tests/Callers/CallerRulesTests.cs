using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.Callers;

namespace DotMac.Plugins.Contract.Tests.Callers;

public class CallerRulesTests
{
    private static readonly AllowedCaller[] Allowed = [new("tenant-acme"), new("dotmac-system", "isp-api"), new(null, "nobody")];

    [Theory]
    [InlineData("system:serviceaccount:tenant-acme:anyone", true)]
    [InlineData("system:serviceaccount:dotmac-system:isp-api", true)]
    [InlineData("system:serviceaccount:dotmac-system:other", false)]
    [InlineData("system:serviceaccount:tenant-acme2:anyone", false)]
    [InlineData("system:serviceaccount:Tenant-Acme:anyone", false)]
    [InlineData("system:serviceaccount::nobody", false)]
    [InlineData("system:serviceaccount:tenant-acme:", false)]
    [InlineData("system:serviceaccount:tenant-acme", false)]
    [InlineData("system:serviceaccount:tenant-acme:a:b", false)]
    [InlineData("system:serviceaccounts:tenant-acme:a", false)]
    [InlineData("tenant-acme", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OnlyListedServiceAccountsMayCall(string? subject, bool expected) => CallerRules.IsAllowed(Allowed, subject).Should().Be(expected);

    [Fact]
    public void AnEmptyListLetsNobodyIn() => CallerRules.IsAllowed([], "system:serviceaccount:a:b").Should().BeFalse();

    [Fact]
    public void TheFileReadsAsTheOperatorWritesIt()
    {
        const string Json =
            """{"issuer":"https://kubernetes.default.svc","audience":"plugins.dotmac.io","allowed":[{"namespace":"tenant-acme"},{"namespace":"dotmac-system","serviceAccount":"isp-api"}],"jwks":{"keys":[]}}""";

        CallersFile file = JsonSerializer.Deserialize(Json, ContractJsonContext.Default.CallersFile)!;

        file.Allowed.Should().Equal(new AllowedCaller("tenant-acme"), new AllowedCaller("dotmac-system", "isp-api"));
        string written = JsonSerializer.Serialize(file, ContractJsonContext.Default.CallersFile);
        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(Json)).Should().BeTrue();
        JsonSerializer.Deserialize("{}", ContractJsonContext.Default.CallersFile)!.Allowed.Should().BeEmpty();
    }
}
