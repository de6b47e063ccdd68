using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace DotMac.Vault.Tests.Fakes;

/// <summary>Answers as the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public ScriptedHandler Answer(int code, string body = "", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        });
        return this;
    }

    public ScriptedHandler Fail(Exception exception)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public ScriptedHandler Hang()
    {
        _answers.Enqueue(static async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(new SentRequest(
            request.Method.Method,
            request.RequestUri!,
            Header("X-Vault-Token"),
            Header("X-Vault-Namespace"),
            Header("X-Vault-Request"),
            request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken)));
        return _answers.TryDequeue(out var answer) ? await answer(cancellationToken) : throw new InvalidOperationException("the test prepared no answer to this");

        string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
    }
}
