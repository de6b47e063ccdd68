using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DotMac.Testing.Browser;

/// <summary>Somebody with a browser. What the browser complains of, of scripts or of what a page may not load, fails the test.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string Artifacts = Path.Combine(RepositoryRoot.Path, "artifacts", "ui");
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complain(message.Text);
            }
        };
        page.PageError += (_, error) => Complain(error);
        page.Dialog += (_, dialog) => Complain($"a dialog of a script: {dialog.Message}");
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Whether the browser may complain: where the connection is cut it does.</summary>
    public bool MayComplain { get; set; }

    /// <summary>What it complained of.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Types in a token, and waits for the page behind it.</summary>
    public async Task SignInAsync(string token)
    {
        await Page.GotoAsync("sign-in");
        await Page.GetByLabel("Access token").FillAsync(token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await ConnectedAsync();
    }

    /// <summary>Opens a page.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await ConnectedAsync();
    }

    /// <summary>Waits until the page is alive: until then it shows that it is loading.</summary>
    public async Task ConnectedAsync() => await Assertions.Expect(Page.Locator("main .loading")).ToHaveCountAsync(0, new() { Timeout = 30_000 });

    /// <summary>Keeps what is seen.</summary>
    public async Task ScreenshotAsync(string name)
    {
        Directory.CreateDirectory(Artifacts);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, name + ".png"), FullPage = true });
    }

    /// <summary>Fails where somebody who does not see, or has no mouse, could not use the page: axe's rules for WCAG 2.2 A and AA.</summary>
    public async Task UsableByAllAsync()
    {
        var result = await Page.RunAxe();
        result.Violations.Where(static violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(static node => node.Html))}")
            .Should().BeEmpty(Page.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        if (!MayComplain)
        {
            Complaints.Should().BeEmpty("the browser has nothing to complain of");
        }
    }

    private void Complain(string text)
    {
        lock (_complaints)
        {
            _complaints.Add(text);
        }
    }
}
