using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.SendGrid.Api;
using DotMac.Plugins.SendGrid.Operations;
using DotMac.StandIns.Vendors.SendGrid;
using DotMac.StandIns.Vendors.Server;

namespace DotMac.Plugins.SendGrid.Tests;

/// <summary>What SendGrid finds wrong, and who is told.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly SendGridStandIn _account = new(SendGridCalls.ApiKey);
    private VendorServer? _sendGrid;

    private VendorServer SendGrid => _sendGrid!;

    public async Task InitializeAsync() => _sendGrid = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await SendGrid.DisposeAsync();

    [Theory]
    [InlineData("""{ "to": [{ "email": "a@b.example" }, { "email": "b@nodot" }], "subject": "S", "text": "T" }""", "/to/1/email")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "bcc": [{ "email": "b@nodot" }], "subject": "S", "text": "T" }""", "/bcc/0/email")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "from": { "email": "b@nodot" }, "subject": "S", "text": "T" }""", "/from/email")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "from": { "email": "unverified@acme.example" }, "subject": "S", "text": "T" }""", "/from")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "replyTo": { "email": "b@nodot" }, "subject": "S", "text": "T" }""", "/replyTo/email")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "templateId": "d-unknown" }""", "/templateId")]
    [InlineData("""{ "to": [{ "email": "a@b.example" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "x.exe", "contentBase64": "iVBO", "contentType": "application/x-msdownload" }] }""", "/attachments/0/contentType")]
    public async Task AFieldThatSendGridRefusesIsNamed(string body, string pointer)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        using HttpResponseMessage response = await host.SendAsync(body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, await response.Content.ReadAsStringAsync());
        FieldProblem error = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().Contain("(see https://sendgrid.example/errors#");
        SendGrid.Mails().Should().Be(1);
        _account.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task EveryFieldThatSendGridRefusesIsNamed()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        SendGrid.FailNext(Fault.Status(400, """
            {"errors":[{"message":"one","field":"subject","help":null},{"message":"two","field":"content.0.value","help":{"a":1}},{"message":"three","field":"null"},{"field":"asm.group_id"}]}
            """));

        using HttpResponseMessage response = await host.SendAsync();

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.ProblemAsync()).Errors.Should().Equal(
            new FieldProblem("/subject", "one"), new FieldProblem("/text", "two"), new FieldProblem("", "three"), new FieldProblem("", "no reason given"));
    }

    [Theory]
    [InlineData("unverified@acme.example")]
    [InlineData("isp@nodot")]
    public async Task ASenderOfTheConfigIsTheConfigsFault(string sender)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid, more: $$""", "fromEmail": "{{sender}}" """);

        using HttpResponseMessage response = await host.SendAsync();

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.ProblemAsync()).Detail.Should().Contain("Check fromEmail");
    }

    [Theory]
    [InlineData(400, "", HttpStatusCode.UnprocessableEntity, "without a reason")]
    [InlineData(400, """{"errors":[]}""", HttpStatusCode.UnprocessableEntity, "without a reason")]
    [InlineData(401, """{"errors":[{"message":"authorization required","field":"null"}]}""", HttpStatusCode.BadGateway, "authorization required. Check apiKey")]
    [InlineData(401, """{"errors":[{"message":"Maximum credits exceeded","field":null}]}""", HttpStatusCode.BadGateway, "no credit left")]
    [InlineData(403, """{"errors":[{"message":"access forbidden","field":"null"}]}""", HttpStatusCode.BadGateway, "access forbidden. Check what apiKey may do")]
    [InlineData(404, """{"errors":[{"message":"not found","field":"null"}]}""", HttpStatusCode.BadGateway, "not found")]
    [InlineData(405, """{"errors":[{"message":"method not allowed","field":"null"}]}""", HttpStatusCode.BadGateway, "method not allowed")]
    [InlineData(413, """{"errors":[{"message":"content too large","field":"null"}]}""", HttpStatusCode.UnprocessableEntity, "content too large")]
    [InlineData(500, """{"errors":[{"message":"internal server error"}]}""", HttpStatusCode.BadGateway, "internal server error")]
    [InlineData(503, "<html>a proxy</html>", HttpStatusCode.ServiceUnavailable, "not available")]
    [InlineData(302, "", HttpStatusCode.BadGateway, "302")]
    [InlineData(200, "", HttpStatusCode.BadGateway, "200")]
    public async Task EveryRefusalHasItsAnswerAndIsNotRepeated(int status, string body, HttpStatusCode expected, string said)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        SendGrid.FailNext(Fault.Status(status, body));

        using HttpResponseMessage response = await host.SendAsync();

        response.StatusCode.Should().Be(expected);
        (await response.ProblemAsync()).Detail.Should().Contain(said);
        SendGrid.Mails().Should().Be(1);
        await host.OkAsync();
    }

    [Fact]
    public async Task WrongCredentialsShowInTheHealthAndThePluginStaysReady()
    {
        const string Wrong = "SG.wr0ng-key-of-somebody";
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid, Wrong);

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);
        using HttpResponseMessage response = await host.SendAsync();

        status.Should().Contain("unknown, expired or revoked").And.Contain("Check apiKey");
        (await host.Client.GetAsync(new Uri(ContractPaths.Readyz, UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (host.Log + status + await response.Content.ReadAsStringAsync()).Should().NotContain(Wrong);
    }

    [Fact]
    public async Task AKeyThatMayNotSendIsUnhealthyByTheScopesName()
    {
        _account.Scopes = ["alerts.read", "mail.batch.read"];
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        string status = await host.WaitForCredentialsAsync(HealthState.Unhealthy);
        using HttpResponseMessage response = await host.SendAsync();

        status.Should().Contain("lacks the scope mail.send");
        (await response.ProblemAsync()).Detail.Should().Contain("access forbidden");
    }

    [Fact]
    public async Task ARotatedKeyIsInForceWithTheNextCall()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid, "SG.0ld-key");
        await host.WaitForCredentialsAsync(HealthState.Unhealthy);

        host.WriteVaultSecret("sendgrid", new Dictionary<string, string> { ["key"] = SendGridCalls.ApiKey });

        await host.WaitForCredentialsAsync(HealthState.Healthy);
        await host.OkAsync();
        host.Log.Should().NotContain(SendGridCalls.ApiKey).And.NotContain("SG.0ld-key");
    }

    [Theory]
    [InlineData(""" "apiKey": "" """, "/apiKey")]
    [InlineData(""" "fromEmail": "a@b.example" """, "/apiKey")]
    [InlineData(""" "apiKey": "k", "fromEmail": "nobody" """, "/fromEmail")]
    [InlineData(""" "apiKey": "k", "fromName": "Acme" """, "/fromEmail")]
    [InlineData(""" "apiKey": "k", "baseUrl": "ftp://x" """, "/baseUrl")]
    [InlineData(""" "apiKey": "k", "baseUrl": "https://x/?a=b" """, "/baseUrl")]
    [InlineData(""" "apiKey": "k", "webhookPublicKey": "no key" """, "/webhookPublicKey")]
    [InlineData(""" "apiKey": "k", "webhookPublicKey": "AAAA" """, "/webhookPublicKey")]
    [InlineData(""" "apiKey": "k", "events": { "url": "nowhere" } """, "/events/url")]
    public async Task AnUnusableConfigIsToldByPointer(string config, string pointer)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SendGridPlugin(), new() { Config = $"{{{config}}}" });

        await host.WaitForAsync(ContractPaths.Readyz, response =>
            response.StatusCode == HttpStatusCode.ServiceUnavailable && response.ProblemAsync().GetAwaiter().GetResult().Errors?.Any(error => error.Pointer == pointer) == true);
    }

    [Theory]
    [InlineData("personalizations.0.to.2.email", "/to/2/email")]
    [InlineData("personalizations.0.cc", "/cc")]
    [InlineData("personalizations.0.dynamic_template_data", "/dynamicTemplateData")]
    [InlineData("personalizations.0", "")]
    [InlineData("personalizations", "")]
    [InlineData("content.0.value", "/text")]
    [InlineData("content.1.value", "/html")]
    [InlineData("content", "/text")]
    [InlineData("attachments.3.content", "/attachments/3/contentBase64")]
    [InlineData("attachments.3.filename", "/attachments/3/fileName")]
    [InlineData("attachments.3.content_id", "/attachments/3/contentId")]
    [InlineData("attachments.3.disposition", "/attachments/3/disposition")]
    [InlineData("attachments.3", "/attachments/3")]
    [InlineData("categories.4", "/categories/4")]
    [InlineData("custom_args", "/customArgs")]
    [InlineData("personalizations.0.custom_args.a", "/customArgs/a")]
    [InlineData("custom_args.line.id/a", "/customArgs/line.id~1a")]
    [InlineData("send_at", "/sendAt")]
    [InlineData("reply_to.email", "/replyTo/email")]
    [InlineData("mail_settings.sandbox_mode.enable", "/sandboxMode")]
    [InlineData("asm.group_id", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void AFieldOfSendGridsIsTheCallersMember(string? field, string pointer) =>
        RequestField.Pointer(field, new SendEmailRequest { To = [], Text = "T", Html = "H" }).Should().Be(pointer);

    [Fact]
    public void TheOnlyContentIsTheOneMeant() => RequestField.Pointer("content.0.value", new SendEmailRequest { To = [], Html = "H" }).Should().Be("/html");
}
