using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.SendGrid;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DotMac.Plugins.SendGrid.Tests;

public sealed class SendEmailTests : IAsyncLifetime
{
    private readonly SendGridStandIn _account = new(SendGridCalls.ApiKey);
    private VendorServer? _sendGrid;

    private VendorServer SendGrid => _sendGrid!;

    public async Task InitializeAsync() => _sendGrid = await VendorServer.StartAsync(_account);

    public async Task DisposeAsync() => await SendGrid.DisposeAsync();

    [Fact]
    public async Task AMailIsSentFromTheConfigsSenderAndItsIdAnswered()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        JsonElement answer = await host.OkAsync("""{ "to": [{ "email": "ann@acme.example", "name": "Ann Müller" }], "subject": "Grüße", "text": "Hello <Ann>" }""");

        answer.GetRawText().Should().Be("""{"messageId":"sg-00000001","sandboxMode":false}""");
        JsonElement.DeepEquals(_account.Sent.Should().ContainSingle().Subject, JsonElement.Parse(
            """
            { "personalizations": [{ "to": [{ "email": "ann@acme.example", "name": "Ann Müller" }] }],
              "from": { "email": "isp@acme.example", "name": "Acme ISP" }, "subject": "Grüße", "content": [{ "type": "text/plain", "value": "Hello <Ann>" }] }
            """)).Should().BeTrue(_account.Sent[0].GetRawText());
    }

    [Fact]
    public async Task EveryMemberReachesSendGrid()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        DateTimeOffset tomorrow = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds());

        await host.OkAsync($$"""
            { "to": [{ "email": "a@acme.example" }, { "email": "b@acme.example", "name": "B" }], "cc": [{ "email": "c@acme.example" }], "bcc": [{ "email": "d@acme.example" }],
              "from": { "email": "billing@acme.example", "name": "Billing" }, "replyTo": { "email": "help@acme.example" }, "subject": "S", "html": "<p>H</p>", "text": "T",
              "attachments": [{ "fileName": "a.pdf", "contentType": "application/pdf", "contentBase64": "JVBERg==" },
                              { "fileName": "l.png", "contentBase64": "iVBO", "disposition": "inline", "contentId": "logo" }],
              "categories": ["invoice", "2026"], "customArgs": { "line.id": "17" }, "sendAt": "{{tomorrow:O}}" }
            """);

        JsonElement.DeepEquals(_account.Sent.Should().ContainSingle().Subject, JsonElement.Parse($$"""
            { "personalizations": [{ "to": [{ "email": "a@acme.example" }, { "email": "b@acme.example", "name": "B" }], "cc": [{ "email": "c@acme.example" }], "bcc": [{ "email": "d@acme.example" }],
                "custom_args": { "line.id": "17" } }],
              "from": { "email": "billing@acme.example", "name": "Billing" }, "reply_to": { "email": "help@acme.example" }, "subject": "S",
              "content": [{ "type": "text/plain", "value": "T" }, { "type": "text/html", "value": "<p>H</p>" }],
              "attachments": [{ "content": "JVBERg==", "type": "application/pdf", "filename": "a.pdf", "disposition": "attachment" },
                              { "content": "iVBO", "filename": "l.png", "disposition": "inline", "content_id": "logo" }],
              "categories": ["invoice", "2026"], "send_at": {{tomorrow.ToUnixTimeSeconds()}} }
            """)).Should().BeTrue(_account.Sent[0].GetRawText());
    }

    [Fact]
    public async Task ATemplateBringsSubjectAndContent()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        await host.OkAsync("""{ "to": [{ "email": "a@acme.example" }], "templateId": "d-1", "cc": [], "dynamicTemplateData": { "Name_x": "Ann", "lines": [1, { "b": null }] } }""");

        JsonElement mail = _account.Sent.Should().ContainSingle().Subject;
        mail.GetProperty("template_id").GetString().Should().Be("d-1");
        mail.GetProperty("personalizations")[0].GetProperty("dynamic_template_data").GetRawText().Replace(" ", "", StringComparison.Ordinal)
            .Should().Be("""{"Name_x":"Ann","lines":[1,{"b":null}]}""");
        mail.TryGetProperty("content", out _).Should().BeFalse();
        mail.GetProperty("personalizations")[0].TryGetProperty("cc", out _).Should().BeFalse();
    }

    [Fact]
    public async Task InSandboxModeNothingIsSent()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        JsonElement answer = await host.OkAsync("""{ "to": [{ "email": "a@acme.example" }], "subject": "S", "html": "H", "sandboxMode": true }""");

        answer.GetRawText().Should().Be("""{"sandboxMode":true}""");
        _account.Sent.Should().BeEmpty();
        SendGrid.Mails().Should().Be(1);
    }

    [Fact]
    public async Task ABaseUrlWithAPathIsKept()
    {
        await using VendorServer shared = await VendorServer.StartAsync(new Prefixed(_account));
        foreach (string prefix in new[] { "/sendgrid", "/sendgrid/" })
        {
            await using PluginTestHost host = await SendGridCalls.StartAsync(shared, prefix: prefix);

            await host.OkAsync();
            await host.WaitForCredentialsAsync(HealthState.Healthy);
        }

        shared.Requests.Select(static request => request.Path).Distinct().Should().BeEquivalentTo("/sendgrid/v3/mail/send", "/sendgrid/v3/scopes");
    }

    [Theory]
    [InlineData("""{ "subject": "S", "text": "T" }""", "/to")]
    [InlineData("""{ "to": [], "subject": "S", "text": "T" }""", "/to")]
    [InlineData("""{ "to": [null], "subject": "S", "text": "T" }""", "/to")]
    [InlineData("""{ "to": [{ "name": "A" }], "subject": "S", "text": "T" }""", "/to/0/email")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }, { "email": "A <x@b.c>" }], "subject": "S", "text": "T" }""", "/to/1/email")]
    [InlineData("""{ "to": [{ "email": "a@b.c", "name": "A\nBcc: x@b.c" }], "subject": "S", "text": "T" }""", "/to/0/name")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "bcc": [{ "email": "A@b.c" }], "subject": "S", "text": "T" }""", "/bcc")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "text": "T" }""", "/subject")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S\r\nBcc: x@b.c", "text": "T" }""", "/subject")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S" }""", "/text")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "" }""", "/text")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "from": { "email": "nobody" } }""", "/from/email")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "replyTo": { "email": "@b.c" } }""", "/replyTo/email")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "dynamicTemplateData": { "a": 1 } }""", "/dynamicTemplateData")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "templateId": "d-1/../x" }""", "/templateId")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "no base64" }] }""", "/attachments/0/contentBase64")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "iV\nBO" }] }""", "/attachments/0/contentBase64")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "contentBase64": "iVBO" }] }""", "/attachments/0/fileName")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "iVBO", "contentType": "text/plain; x=y" }] }""", "/attachments/0/contentType")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "iVBO", "disposition": "beside" }] }""", "/attachments/0/disposition")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "iVBO", "disposition": "inline" }] }""", "/attachments/0/contentId")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "attachments": [null] }""", "/attachments")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "categories": ["1","2","3","4","5","6","7","8","9","10","11"] }""", "/categories")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "categories": ["1","1"] }""", "/categories")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "customArgs": { "a": null } }""", "/customArgs")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "sendAt": "tomorrow" }""", "/sendAt")]
    [InlineData("""{ "to": [{ "email": "a@b.c" }], "subject": "S", "text": "T", "sendAt": "2999-01-01T00:00:00Z" }""", "/sendAt")]
    public async Task AMalformedRequestNeverReachesSendGrid(string body, string pointer)
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        using HttpResponseMessage response = await host.SendAsync(body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, await response.Content.ReadAsStringAsync());
        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
        SendGrid.Mails().Should().Be(0);
    }

    [Fact]
    public async Task AThousandReceiversAreTakenAndNotOneMore()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        await host.OkAsync(To(600, 400));
        using HttpResponseMessage response = await host.SendAsync(To(600, 401));

        _account.Sent.Should().ContainSingle();
        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        FieldProblem error = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        error.Pointer.Should().Be("/to");
        error.Message.Should().Contain("1000");

        static string To(int to, int bcc) => JsonSerializer.Serialize(new
        {
            to = Enumerable.Range(0, to).Select(static number => new { email = $"to{number}@acme.example" }),
            bcc = Enumerable.Range(0, bcc).Select(static number => new { email = $"bcc{number}@acme.example" }),
            subject = "S",
            text = "T",
        });
    }

    [Fact]
    public async Task TooManyBytesOfCustomArgumentsAreTheCallersError()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        await host.OkAsync(With(4_999));
        using HttpResponseMessage response = await host.SendAsync(With(5_000));

        (await response.ProblemAsync()).Errors.Should().ContainSingle().Which.Pointer.Should().Be("/customArgs");

        // Each of these letters has two bytes.
        static string With(int letters) => JsonSerializer.Serialize(
            new { to = new[] { new { email = "a@b.example" } }, subject = "S", text = "T", customArgs = new Dictionary<string, string> { ["k"] = new('ü', letters) } });
    }

    [Fact]
    public async Task AMailOverOneMebibyteIsTooLarge()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);
        string file = Convert.ToBase64String(new byte[800_000]);

        using HttpResponseMessage response = await host.SendAsync(
            $$"""{ "to": [{ "email": "a@b.example" }], "subject": "S", "text": "T", "attachments": [{ "fileName": "f", "contentBase64": "{{file}}" }] }""");

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        SendGrid.Mails().Should().Be(0);
    }

    [Fact]
    public async Task WithoutASenderInTheConfigACallMustNameOne()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid, more: "");

        using HttpResponseMessage response = await host.SendAsync();
        await host.OkAsync("""{ "to": [{ "email": "a@b.example" }], "from": { "email": "x@acme.example" }, "subject": "S", "text": "T" }""");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        FieldProblem error = (await response.ProblemAsync()).Errors.Should().ContainSingle().Subject;
        error.Pointer.Should().Be("/from");
        error.Message.Should().Contain("fromEmail");
        _account.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task TheOperationIsDescribed()
    {
        await using PluginTestHost host = await SendGridCalls.StartAsync(SendGrid);

        OperationList list = (await host.Client.GetFromJsonAsync(ContractPaths.Operations, ContractJsonContext.Default.OperationList))!;

        list.Operations.Should().ContainSingle().Which.Name.Should().Be("send_email");
        JsonElement schema = list.Operations[0].RequestSchema!.Value;
        schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).Should().Equal("to");
        schema.GetProperty("properties").GetProperty("categories").GetProperty("maxItems").GetInt32().Should().Be(10);
    }

    // As where several vendors share a server.
    private sealed class Prefixed(IVendorStandIn vendor) : IVendorStandIn
    {
        public string Name => vendor.Name;

        public void Map(IEndpointRouteBuilder routes) => vendor.Map(routes.MapGroup($"/{Name}"));
    }
}
