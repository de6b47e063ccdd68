using System.Diagnostics;
using System.Globalization;
using DotMac.Testing.Browser;
using Microsoft.Playwright;

namespace DotMac.Bench.Admin;

/// <summary>What a person waits for in a browser: from signing in to the list, from a letter of a search to its rows, and how evenly the list scrolls.</summary>
internal static class UiBench
{
    /// <summary>Measures.</summary>
    /// <param name="address">The service.</param>
    /// <param name="token">Of somebody who sees everything.</param>
    /// <param name="plugins">How many plugins are installed.</param>
    /// <param name="rounds">How often.</param>
    public static async Task RunAsync(Uri address, string token, int plugins, int rounds)
    {
        await using var chromium = new Chromium();
        var (bare, usable, search, frames) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());

        // One round to warm up, which is thrown away.
        for (var round = 0; round <= rounds; round++)
        {
            await using var visitor = await chromium.VisitAsync(address, null);
            var page = visitor.Page;
            var loaded = Stopwatch.StartNew();
            await page.GotoAsync("sign-in");
            var plain = loaded.Elapsed;
            await page.GetByLabel("Access token").FillAsync(token);
            var signed = Stopwatch.StartNew();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.Locator("tbody .row-name").First.WaitForAsync();
            var first = signed.Elapsed;
            var typed = Stopwatch.StartNew();
            await page.GetByLabel("Search").FillAsync("twilio-1");
            await page.GetByText("shown").WaitForAsync();
            var found = typed.Elapsed;
            await page.GetByLabel("Search").FillAsync(string.Empty);
            await page.GetByText(string.Create(CultureInfo.InvariantCulture, $"{plugins:N0} installed")).WaitForAsync();
            var gaps = await ScrollAsync(page);
            if (round > 0)
            {
                bare.Add(plain.TotalMilliseconds);
                usable.Add(first.TotalMilliseconds);
                search.Add(found.TotalMilliseconds);
                frames.AddRange(gaps);
            }
        }

        Console.WriteLine($"a browser on the same machine, {plugins} plugins, {rounds} rounds; milliseconds: median, longest (÷ the page to sign in, which is drawn without scripts)");
        Print("the page to sign in", bare, bare);
        Print("signed in, until the list is there", usable, bare);
        Print("a search, until its rows are there", search, bare);
        frames.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"scrolling through all of it: {frames.Count} frames, median {frames[frames.Count / 2]:0.0}, 99 of 100 within {frames[frames.Count * 99 / 100]:0.0}, longest {frames[^1]:0.0}"));
    }

    // From frame to frame, as the browser draws them, while the page is scrolled from its beginning to its end in two seconds.
    private static async Task<double[]> ScrollAsync(IPage page) => await page.EvaluateAsync<double[]>("""
        () => new Promise(done => {
            const gaps = [], begin = performance.now(), height = document.documentElement.scrollHeight - innerHeight;
            let last = begin;
            const step = now => {
                gaps.push(now - last);
                last = now;
                const part = (now - begin) / 2000;
                scrollTo(0, height * Math.min(1, part));
                if (part < 1) requestAnimationFrame(step); else done(gaps.slice(1));
            };
            requestAnimationFrame(step);
        })
        """);

    private static void Print(string what, List<double> times, List<double> bare)
    {
        times.Sort();
        var (median, unit) = (times[times.Count / 2], bare.Order().ElementAt(bare.Count / 2));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-38} {median,7:0} {times[^1],7:0}   {median / unit:0.0}×"));
    }
}
