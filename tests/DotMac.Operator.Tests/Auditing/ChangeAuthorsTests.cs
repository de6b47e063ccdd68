using DotMac.Audit.Entries;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Auditing;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Auditing;

public sealed class ChangeAuthorsTests
{
    private static readonly AuditActor Alice = new("alice", AuditActorKind.User);
    private static readonly AuditActor Bob = new("bob", AuditActorKind.User);
    private static readonly ObjectKey Key = new("tenant-acme", "twilio");

    private readonly ManualTimeProvider _clock = new();
    private readonly ChangeAuthors _authors;

    public ChangeAuthorsTests() => _authors = new ChangeAuthors(_clock);

    [Fact]
    public void Whoever_asked_for_what_is_there_is_known()
    {
        _authors.Remember(Key, Given.Plugin("""{"plugin":"twilio","replicas":2}""").Spec, Alice);
        _authors.Remember(Key, Given.Plugin("""{"plugin":"twilio","replicas":3}""").Spec, Bob);
        _authors.Remember(Key, null, Bob);
        _authors.Of(Key, Given.Plugin("""{"replicas":2,"plugin":"twilio"}""").Spec).Should().Be(Alice);
        _authors.Of(Key, null).Should().Be(Bob);
        _authors.Of(Key, Given.Plugin("""{"plugin":"twilio","replicas":4}""").Spec).Should().BeNull();
        _authors.Of(new ObjectKey("tenant-other", "twilio"), null).Should().BeNull();
    }

    [Fact]
    public void Where_two_asked_for_the_same_nobody_is_named()
    {
        _authors.Remember(Key, null, Alice);
        _authors.Remember(Key, null, Alice);
        _authors.Of(Key, null).Should().Be(Alice);
        _authors.Remember(Key, null, Bob);
        _authors.Of(Key, null).Should().BeNull();
        _authors.Remember(Key, null, Bob);
        _authors.Of(Key, null).Should().BeNull("asking twice makes nobody the one");
    }

    [Fact]
    public void It_is_remembered_for_a_while_and_of_so_many()
    {
        _authors.Remember(Key, null, Alice);
        _clock.Advance(TimeSpan.FromMinutes(11));
        _authors.Of(Key, null).Should().BeNull();
        _authors.Remember(Key, null, Bob);
        _authors.Of(Key, null).Should().Be(Bob);
        for (var i = 0; i < 10_000; i++)
        {
            _authors.Remember(new ObjectKey("tenant-acme", $"p{i}"), null, Alice);
        }

        _authors.Of(Key, null).Should().BeNull();
        _authors.Of(new ObjectKey("tenant-acme", "p9999"), null).Should().Be(Alice);
    }
}
