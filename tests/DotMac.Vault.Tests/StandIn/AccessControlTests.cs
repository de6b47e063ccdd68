using DotMac.StandIns.Vault.Core;
using DotMac.StandIns.Vault.Policies;

namespace DotMac.Vault.Tests.StandIn;

/// <summary>The rules of https://developer.hashicorp.com/vault/docs/concepts/policies, one by one.</summary>
public sealed class AccessControlTests
{
    [Theory]

    // Nothing said is nothing allowed.
    [InlineData("""path "secret/a" { capabilities = ["read"] }""", "Read", "secret/b", false)]
    [InlineData("", "Read", "secret/a", false)]

    // Exact paths, each capability for itself.
    [InlineData("""path "secret/a" { capabilities = ["read"] }""", "Read", "secret/a", true)]
    [InlineData("""path "/secret/a" { capabilities = ["read"] }""", "Read", "secret/a", true)]
    [InlineData("""path "secret/a" { capabilities = ["read"] }""", "Read", "secret/a/b", false)]
    [InlineData("""path "secret/a" { capabilities = ["read"] }""", "Update", "secret/a", false)]
    [InlineData("""path "secret/a" { capabilities = ["create"] }""", "Update", "secret/a", false)]
    [InlineData("""path "secret/a" { capabilities = ["update"] }""", "Create", "secret/a", false)]
    [InlineData("""path "secret/a" { capabilities = ["update"] }""", "Patch", "secret/a", false)]
    [InlineData("""path "secret/a" { capabilities = ["patch", "delete"] }""", "Patch", "secret/a", true)]
    [InlineData("""path "secret/a" { capabilities = ["patch", "delete"] }""", "Delete", "secret/a", true)]

    // data/ and metadata/ are two paths.
    [InlineData("""path "secret/metadata/*" { capabilities = ["read", "list"] }""", "Read", "secret/data/a", false)]
    [InlineData("""path "secret/data/*" { capabilities = ["read"] }""", "List", "secret/metadata/", false)]

    // A glob stands for any rest, at the end alone; elsewhere a star is a star.
    [InlineData("""path "secret/bar/*" { capabilities = ["read"] }""", "Read", "secret/bar/zip/zap", true)]
    [InlineData("""path "secret/bar/*" { capabilities = ["read"] }""", "Read", "secret/bars/zip", false)]
    [InlineData("""path "secret/bar/*" { capabilities = ["read"] }""", "Read", "secret/bar", false)]
    [InlineData("""path "secret/zip-*" { capabilities = ["read"] }""", "Read", "secret/zip-zap/zong", true)]
    [InlineData("""path "secret/zip-*" { capabilities = ["read"] }""", "Read", "secret/zip/zap", false)]
    [InlineData("""path "secret/*/a" { capabilities = ["read"] }""", "Read", "secret/b/a", false)]

    // A plus stands for one segment.
    [InlineData("""path "secret/+/teamb" { capabilities = ["read"] }""", "Read", "secret/foo/teamb", true)]
    [InlineData("""path "secret/+/teamb" { capabilities = ["read"] }""", "Read", "secret/foo/bar/teamb", false)]
    [InlineData("""path "secret/+/teamb" { capabilities = ["read"] }""", "Read", "secret/teamb", false)]
    [InlineData("""path "secret/+/+/foo/*" { capabilities = ["read"] }""", "Read", "secret/a/b/foo/c/d", true)]
    [InlineData("""path "secret/a+b" { capabilities = ["read"] }""", "Read", "secret/a+b", true)]
    [InlineData("""path "secret/a+b" { capabilities = ["read"] }""", "Read", "secret/axb", false)]
    [InlineData("""path "+/data/a" { capabilities = ["read"] }""", "Read", "kv/data/a", true)]
    [InlineData("""path "secret/+/b*" { capabilities = ["read"] }""", "Read", "secret/a/bc/d", true)]

    // One pattern decides: the exact one before all others, deny or not.
    [InlineData("""path "secret/*" { capabilities = ["read"] } path "secret/a" { capabilities = ["deny"] }""", "Read", "secret/a", false)]
    [InlineData("""path "secret/*" { capabilities = ["deny"] } path "secret/a" { capabilities = ["read"] }""", "Read", "secret/a", true)]
    [InlineData("""path "secret/*" { capabilities = ["read"] } path "secret/a" { capabilities = ["update"] }""", "Read", "secret/a", false)]

    // The longer of two globs.
    [InlineData("""path "secret/*" { capabilities = ["deny"] } path "secret/a*" { capabilities = ["read"] }""", "Read", "secret/ab", true)]
    [InlineData("""path "secret/*" { capabilities = ["read"] } path "secret/a*" { capabilities = ["deny"] }""", "Read", "secret/ab", false)]

    // The one whose first wildcard comes later.
    [InlineData("""path "foo/a*" { capabilities = ["read"] } path "foo/+" { capabilities = ["deny"] }""", "Read", "foo/ab", true)]
    [InlineData("""path "foo/bar/+/baz" { capabilities = ["read"] } path "foo/+/bar/baz" { capabilities = ["deny"] }""", "Read", "foo/bar/bar/baz", true)]
    [InlineData("""path "secret/*" { capabilities = ["read"] } path "secret/+/+/foo/*" { capabilities = ["deny"] }""", "Read", "secret/a/b/foo/c", true)]

    // With the first wildcard at the same place, the one that does not end with a glob.
    [InlineData("""path "foo/+/bar" { capabilities = ["read"] } path "foo/+/ba*" { capabilities = ["deny"] }""", "Read", "foo/x/bar", true)]
    [InlineData("""path "foo/+" { capabilities = ["read"] } path "foo/*" { capabilities = ["deny"] }""", "Read", "foo/x", true)]

    // Then the one with fewer segments that are plus; then the longer one.
    [InlineData("""path "foo/+/+/baz" { capabilities = ["deny"] } path "foo/+/bar/baz" { capabilities = ["read"] }""", "Read", "foo/x/bar/baz", true)]
    [InlineData("""path "foo/+/bar/b*" { capabilities = ["deny"] } path "foo/+/bar/ba*" { capabilities = ["read"] }""", "Read", "foo/x/bar/baz", true)]

    // The same pattern twice: both count, and deny most.
    [InlineData("""path "secret/a" { capabilities = ["read"] } path "secret/a" { capabilities = ["update"] }""", "Read", "secret/a", true)]
    [InlineData("""path "secret/a" { capabilities = ["read"] } path "secret/a" { capabilities = ["deny"] }""", "Read", "secret/a", false)]
    [InlineData("""path "secret/a" { capabilities = ["deny", "read"] }""", "Read", "secret/a", false)]

    // A list goes to the path with a slash; a rule without one will do.
    [InlineData("""path "secret/metadata/a" { capabilities = ["list"] }""", "List", "secret/metadata/a/", true)]
    [InlineData("""path "secret/metadata/a/" { capabilities = ["list"] }""", "List", "secret/metadata/a/", true)]
    [InlineData("""path "secret/metadata/+" { capabilities = ["list"] }""", "List", "secret/metadata/a/", true)]
    [InlineData("""path "secret/metadata/*" { capabilities = ["list"] }""", "List", "secret/metadata/", true)]
    [InlineData("""path "secret/metadata/a/" { capabilities = ["read"] }""", "Read", "secret/metadata/a", false)]

    // The words of before there were capabilities.
    [InlineData("""path "secret/a" { policy = "write" }""", "Delete", "secret/a", true)]
    [InlineData("""path "secret/a" { policy = "read" }""", "Update", "secret/a", false)]

    // JSON says the same.
    [InlineData("""{"path":{"secret/*":{"capabilities":["read"]},"secret/a":{"capabilities":["deny"]}}}""", "Read", "secret/b", true)]
    [InlineData("""{"path":{"secret/*":{"capabilities":["read"]},"secret/a":{"capabilities":["deny"]}}}""", "Read", "secret/a", false)]
    [InlineData("""{"path":[{"secret/a":[{"capabilities":["read"]}]}]}""", "Read", "secret/a", true)]
    public void Policies_mean_what_the_documentation_says(string policy, string operation, string path, bool isAllowed) =>
        new AccessControl(PolicyText.Parse(policy)).Allows(Enum.Parse<Operation>(operation), path).Should().Be(isAllowed);

    [Fact]
    public void What_needs_sudo_needs_the_other_capability_too()
    {
        var both = new AccessControl(PolicyText.Parse("""path "sys/seal" { capabilities = ["update", "sudo"] }"""));
        both.Allows(Operation.Update, "sys/seal", needsSudo: true).Should().BeTrue();
        var one = new AccessControl(PolicyText.Parse("""path "sys/seal" { capabilities = ["update"] }"""));
        one.Allows(Operation.Update, "sys/seal", needsSudo: true).Should().BeFalse();
        new AccessControl(PolicyText.Parse("""path "sys/seal" { capabilities = ["sudo"] }""")).Allows(Operation.Update, "sys/seal", needsSudo: true).Should().BeFalse();
    }

    [Fact]
    public void Comments_commas_and_line_breaks_do_not_matter()
    {
        var rules = PolicyText.Parse("""
            # one
            // two
            /* three
               path "no" { capabilities = ["read"] } */
            name = "mine"
            path "a" {
              comment = "quotes \" and }"
              capabilities = [
                "read",
                "list", # four
              ]
            }
            path "b" { capabilities = [] }
            """);
        rules.Should().Equal(new PolicyRule("a", Capabilities.Read | Capabilities.List), new PolicyRule("b", Capabilities.None));
    }

    [Theory]
    [InlineData("""path "a" { capabilities = ["reed"] }""", "*invalid capability \"reed\"*")]
    [InlineData("""path "a" { capability = ["read"] }""", "*invalid key \"capability\"*")]
    [InlineData("""paths "a" { capabilities = ["read"] }""", "*invalid key \"paths\"*")]
    [InlineData("""path "a+*" { capabilities = ["read"] }""", "*is forbidden*")]
    [InlineData("""path "a" { capabilities = ["read"] """, "*line 1*'}' is missing*")]
    [InlineData("path \"a\" {\n capabilities = [read]\n}", "*line 2*")]
    [InlineData("{\"path\":", "*not JSON*")]
    [InlineData("""path "a" { denied_parameters = {} }""", "*does not enforce denied_parameters*")]
    [InlineData("""path "secret/{{identity.entity.id}}" { capabilities = ["read"] }""", "*templates*")]
    public void What_is_no_policy_is_refused(string policy, string words) =>
        FluentActions.Invoking(() => PolicyText.Parse(policy)).Should().Throw<Exception>().WithMessage(words);
}
