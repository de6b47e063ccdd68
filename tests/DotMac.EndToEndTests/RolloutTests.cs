using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.EndToEndTests.Fixture;
using DotMac.Testing;

namespace DotMac.EndToEndTests;

/// <summary>Pods are rolled while calls come in.</summary>
[Collection(DemoCollection.Name)]
public sealed class RolloutTests
{
    private const int Calls = 10_000;
    private const int Callers = 8;
    private const int Rolls = 4;

    [Fact]
    public async Task No_call_is_lost_when_pods_are_rolled_under_load()
    {
        var tenant = await TwilioTenant.ActiveAsync();
        var address = (await DemoFixture.KubectlAsync("-n", tenant.Namespace, "get", "service", "twilio", "-o", "jsonpath={.spec.clusterIP}")).Trim();
        var token = await tenant.TokenOfAsync("default", "plugins.dotmac.io");
        var (done, rolled) = (0, 0);
        var failures = new ConcurrentQueue<string>();
        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30), BaseAddress = new Uri($"http://{address}:8080") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            http.DefaultRequestHeaders.Add("X-DotMac-Tenant", tenant.Tenant);
            while (Volatile.Read(ref done) < Calls || Volatile.Read(ref rolled) < Rolls)
            {
                try
                {
                    using var content = new StringContent("""{"to":"+15558675310","body":"Hello"}""", Encoding.UTF8, "application/json");
                    using var response = await http.PostAsync(new Uri("/v1/operations/send_sms", UriKind.Relative), content);
                    if (!response.IsSuccessStatusCode)
                    {
                        failures.Enqueue($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                    }
                }
                catch (HttpRequestException exception)
                {
                    failures.Enqueue(exception.Message);
                }

                Interlocked.Increment(ref done);
            }
        })));

        // Each change rolls all pods; the next comes when the roll is over.
        for (var roll = 1; roll <= Rolls; roll++)
        {
            var before = (await tenant.PodsAsync()).Select(Uid).ToList();
            await tenant.ChangeAsync(spec => spec["config"]!["phoneNumber"] = $"+1500555000{(roll % 2 == 0 ? 6 : 5)}");
            await Eventually.BeTrueAsync(
                async () => await tenant.PodsAsync() is [var only] && !before.Contains(Uid(only)), TimeSpan.FromSeconds(120), "there is one pod, another one");
            Interlocked.Increment(ref rolled);
        }

        await load;
        done.Should().BeGreaterThanOrEqualTo(Calls);
        failures.Should().BeEmpty();
        await tenant.DeleteAsync();
    }

    private static string Uid(JsonNode pod) => pod["metadata"]!["uid"]!.GetValue<string>();
}
