using DotMac.Plugins.Twilio.Webhooks;

namespace DotMac.Plugins.Twilio.Tests;

/// <summary>The examples of Twilio's documentation ("Validating requests") and of the tests of its own helper libraries.</summary>
public sealed class SignatureTests
{
    private const string Token = "12345";
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string BodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    [Theory]
    [InlineData(Url, "+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData(Url, "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData(Url, "+14158675309", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [InlineData("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "+14158675309", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=")]
    public void APublishedSignatureOfAFormFits(string url, string caller, string signature) =>
        TwilioSignature.Fits(Token, url, Call(caller), signature).Should().BeTrue();

    [Fact]
    public void NamesAndTheirValuesAreSortedAndCountOnce() =>
        TwilioSignature.Fits(
            Token,
            Url,
            [new("Sid", "CA123"), new("SidAccount", "AC123"), new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234")],
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=").Should().BeTrue();

    [Theory]
    [InlineData($"{Url}&bodySHA256={BodyHash}", "a9nBmqA0ju/hNViExpshrM61xv4=")]
    [InlineData($"https://mycompany.com/myapp.php?bodySHA256={BodyHash}", "y77kIzt2vzLz71DgmJGsen2scGs=")]
    public void APublishedSignatureOfABodyFits(string url, string signature) => TwilioSignature.Fits(Token, url, [], signature).Should().BeTrue();

    [Theory]
    [InlineData("123456", Url, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData("", Url, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData(Token, $"{Url}3", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData(Token, "http://mycompany.com/myapp.php?foo=1&bar=2", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData(Token, Url, "1/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData(Token, Url, "0/KCTR6DLpKmkAf8muzZqo1nDg==")]
    [InlineData(Token, Url, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=AAAA")]
    [InlineData(Token, Url, "no base64")]
    [InlineData(Token, Url, "")]
    public void AnythingElseDoesNot(string token, string url, string signature) =>
        TwilioSignature.Fits(token, url, Call("+12349013030"), signature).Should().BeFalse();

    private static KeyValuePair<string, string>[] Call(string caller) =>
        [new("To", "+18005551212"), new("CallSid", "CA1234567890ABCDE"), new("Caller", caller), new("Digits", "1234"), new("From", caller)];
}
