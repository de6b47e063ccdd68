using System.Text.Json;
using DotMac.Plugins.Sdk.Logging;
using FsCheck;
using FsCheck.Xunit;

namespace DotMac.Plugins.Sdk.Tests;

public class RedactorProperties
{
    [Property]
    public bool AKnownSecretIsNeverLeftInText(NonEmptyString before, NonEmptyString secret, NonEmptyString after)
    {
        string value = "s" + secret.Get + "ecret";
        var redactor = new SecretRedactor();
        redactor.Add([value]);
        return !redactor.Redact(before.Get + value + after.Get).Contains(value, StringComparison.Ordinal)
            && !redactor.Redact(JsonSerializer.Serialize(new[] { value })).Contains(JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASecretInsideAnotherLeavesNoRest()
    {
        var redactor = new SecretRedactor();
        redactor.Add(["inner", "outer-inner-outer", "abc"]);

        redactor.Redact("x outer-inner-outer y inner z abc").Should().Be("x *** y *** z abc");
    }

    [Fact]
    public void ARotatedSecretStaysHidden()
    {
        var redactor = new SecretRedactor();
        redactor.Add(["old-secret"]);
        redactor.Add(["new-secret"]);

        redactor.Redact("old-secret new-secret").Should().Be("*** ***");
    }
}
