using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>Callers who send messages through a plugin without a pause, and count what fails.</summary>
internal sealed class CallLoad
{
    private const int Callers = 8;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _callers;
    private int _done;
    private volatile bool _isEnough;

    private CallLoad(Uri address, string tenant, string token, int least) =>
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(address, tenant, token, least))));

    /// <summary>How many calls were made.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Begins.</summary>
    /// <param name="tenant">Whose plugin is called.</param>
    /// <param name="least">How many calls are made at least.</param>
    public static async Task<CallLoad> StartAsync(PluginTenant tenant, int least)
    {
        var address = (await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "service", tenant.Name, "-o", "jsonpath={.spec.clusterIP}")).Trim();
        return new CallLoad(new Uri($"http://{address}:8080"), tenant.Tenant, await tenant.TokenOfAsync("default", "plugins.dotmac.io"), least);
    }

    /// <summary>Ends once enough calls were made; gives back what failed.</summary>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        _isEnough = true;
        await _callers;
        return _failures;
    }

    private async Task CallAsync(Uri address, string tenant, string token, int least)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30), BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("X-DotMac-Tenant", tenant);
        while (!_isEnough || Done < least)
        {
            try
            {
                using var content = new StringContent("""{"to":"+15558675310","body":"Hello"}""", Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(new Uri("/v1/operations/send_sms", UriKind.Relative), content);
                if (!response.IsSuccessStatusCode)
                {
                    _failures.Enqueue($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                _failures.Enqueue(exception.Message);
            }

            Interlocked.Increment(ref _done);
        }
    }
}
