using System.Diagnostics;
using Microsoft.Playwright;

namespace DotMac.Testing.Browser;

/// <summary>The system's Chromium, started when the first test needs it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens a browser of one's own: nothing of others' cookies.</summary>
    public async Task<Visitor> VisitAsync(Uri address, BrowserNewContextOptions? options)
    {
        var browser = await StartAsync();
        options ??= new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } };
        options.BaseURL = address.ToString();
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private static async Task InstallAsync()
    {
        using var script = Process.Start(new ProcessStartInfo(System.IO.Path.Combine(RepositoryRoot.Path, "tests", "browser", "prerequisites")))!;
        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
        {
            throw new InvalidOperationException("there is no Chromium: tests/browser/prerequisites says why");
        }
    }

    private async Task<IBrowser> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_browser is null)
            {
                await InstallAsync();

                // A machine that does other things besides is no reason to fail.
                Assertions.SetDefaultExpectTimeout(20_000);
            }

            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            _gate.Release();
        }
    }
}
