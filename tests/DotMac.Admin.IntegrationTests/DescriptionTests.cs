using System.Net;
using DotMac.Admin.IntegrationTests.Fixture;
using Microsoft.OpenApi;

namespace DotMac.Admin.IntegrationTests;

/// <summary>The description of the API: whether it is one, says enough, and is true.</summary>
[Collection(AdminCollection.Name)]
public sealed class DescriptionTests(AdminFixture fixture)
{
    [Fact]
    public async Task It_is_valid_OpenAPI_and_leaves_nothing_undescribed()
    {
        var text = (await fixture.Client(null).GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Text;
        var read = OpenApiDocument.Parse(text, "json");
        read.Diagnostic!.Errors.Should().BeEmpty();
        read.Diagnostic.Warnings.Should().BeEmpty();
        var document = read.Document!;
        document.Info.Description.Should().NotBeNullOrEmpty();
        var ids = new List<string>();
        foreach (var (path, item) in document.Paths)
        {
            path.Should().StartWith("/api/admin/");
            foreach (var (method, operation) in item.Operations!)
            {
                var place = $"{method} {path}";
                operation.Summary.Should().NotBeNullOrEmpty(place);
                operation.Tags.Should().NotBeEmpty(place);
                ids.Add(operation.OperationId!);
                operation.Responses!.Keys.Should().Contain(["401", "403", "429", "503"], place).And.Contain(static status => status.StartsWith('2'));
                foreach (var (status, response) in operation.Responses)
                {
                    response.Description.Should().NotBeNullOrEmpty($"{place} {status}");
                    if (status[0] is '4' or '5')
                    {
                        response.Content!.Keys.Should().Equal(["application/problem+json"], $"{place} {status}");
                    }
                }

                foreach (var parameter in operation.Parameters ?? [])
                {
                    parameter.Description.Should().NotBeNullOrEmpty($"{place} {parameter.Name}");
                }
            }
        }

        ids.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            foreach (var (member, part) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                member.Should().MatchRegex("^[a-z][a-z0-9_]*$", name);
                part.Description.Should().NotBeNullOrEmpty($"{name}.{member}");
            }
        }
    }

    [Fact]
    public async Task The_page_for_people_comes_from_the_service_alone()
    {
        var stranger = fixture.Client(null);
        (await stranger.GetAsync("/")).Status.Should().Be(HttpStatusCode.Redirect);
        var page = (await stranger.GetAsync("/docs/")).Expect(HttpStatusCode.OK);
        page.Headers["Content-Type"].Should().StartWith("text/html");
        foreach (var source in System.Text.RegularExpressions.Regex.Matches(page.Text, "(?:src|href)=\"([^\"]+)\"").Select(static m => m.Groups[1].Value))
        {
            source.Should().NotStartWith("http").And.NotStartWith("//");
        }

        var policy = page.Headers["Content-Security-Policy"];
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'nonce-").And.NotMatchRegex("script-src[^;]*unsafe");
        page.Text.Should().MatchRegex("<script nonce=");
        page.Text.Should().NotMatchRegex("<script(?! nonce=)");
    }

    [Fact]
    public async Task Answers_carry_what_browsers_should_know()
    {
        foreach (var path in new[] { "/api/admin/plugins", "/healthz", "/openapi/v1.json" })
        {
            var answer = await fixture.Platform.GetAsync(path);
            answer.Headers["X-Content-Type-Options"].Should().Be("nosniff");
            answer.Headers["Content-Security-Policy"].Should().Contain("default-src 'none'");
            answer.Headers["Cache-Control"].Should().Contain("no-store");
            answer.Headers.Should().NotContainKey("Server");
            answer.Headers.Should().NotContainKey("Access-Control-Allow-Origin");
        }
    }

    [Fact]
    public async Task Ten_thousand_generated_requests_bring_no_defect_no_silence_and_no_secret_to_light()
    {
        const int Requests = 10_000;
        var tenant = await fixture.CreateTenantAsync();
        var seed = Environment.TickCount;
        var document = (await fixture.Client(null).GetAsync("/openapi/v1.json")).Json;
        var generator = new RequestGenerator(document, tenant.Id, seed);
        AdminClient[] callers = [await tenant.ClientAsync("edit", "fuzz-edit"), await tenant.ClientAsync("edit", "fuzz-edit-too"), await tenant.ClientAsync("view", "fuzz-view"), fixture.Client("nonsense")];
        var requests = Enumerable.Range(0, Requests).Select(i => (Caller: callers[i % 8 == 7 ? 3 : i % 3], Request: generator.Next())).ToList();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, stop) =>
        {
            var request = one.Request;
            var answer = await one.Caller.SendAsync(new HttpMethod(request.Method), request.Path, request.Body, [.. request.Headers]).WaitAsync(TimeSpan.FromSeconds(45), stop);
            var what = $"seed {seed}: {request.Method} {request.Path} {request.Body}: {answer.Text}";
            statuses.AddOrUpdate((int)answer.Status, 1, static (_, n) => n + 1);
            ((int)answer.Status).Should().NotBe(500, what);
            request.Documented.Should().Contain(((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture), what);
            answer.Text.Should().NotContain(RequestGenerator.Secret, what);

            // What cannot be an address at all is refused by the server underneath, without a word.
            if ((int)answer.Status >= 400 && (answer.Status != HttpStatusCode.BadRequest || answer.Text.Length > 0))
            {
                answer.Headers["Content-Type"].Should().StartWith("application/problem+json", what);
            }
        });
        fixture.Admin.Log.Should().NotContain(RequestGenerator.Secret);
        statuses.Keys.Should().Contain([200, 201, 400, 401, 403, 404, 422], "the requests reach what they are to reach");
    }
}
