using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DotMac.Testing.Cluster;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>An HTTP server on loopback that answers as the test says, and remembers what it was asked.</summary>
internal sealed class HttpScript : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Func<HttpListenerContext, Task>> _answers = new();
    private readonly Task _running;

    public HttpScript()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPorts.Free(1)[0];
            Uri = new Uri($"http://127.0.0.1:{port}/");
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Uri.AbsoluteUri);
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody was faster.
            }
        }

        _running = RunAsync();
    }

    public Uri Uri { get; }

    /// <summary>Method, path with query, and authorization of each request.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Requests { get; } = new();

    public HttpScript Answer(int code, string body, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(async context =>
        {
            context.Response.StatusCode = code;
            foreach (var (name, value) in headers)
            {
                context.Response.AddHeader(name, value);
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        });
        return this;
    }

    public HttpScript Answer(Func<HttpListenerContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _running;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests.Enqueue((context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["Authorization"]));
            if (!_answers.TryDequeue(out var answer))
            {
                context.Response.StatusCode = 599;
                context.Response.Close();
                continue;
            }

            try
            {
                await answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The client went away.
            }
        }
    }
}
