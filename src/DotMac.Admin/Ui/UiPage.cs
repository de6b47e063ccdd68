using DotMac.Admin.Changes;
using DotMac.Admin.Problems;
using DotMac.Admin.Ui.Live;
using DotMac.Admin.Ui.Sessions;
using Microsoft.AspNetCore.Components;

namespace DotMac.Admin.Ui;

/// <summary>A page that is told of changes: it loads once it is connected, says what went wrong, and is drawn anew when what it shows changes.</summary>
public abstract class UiPage : ComponentBase, IDisposable
{
    private bool _isSubscribed;
    private bool _isDisposed;

    [Inject]
    private protected LiveView Live { get; set; } = default!;

    [Inject]
    private protected Viewer Viewer { get; set; } = default!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILoggerFactory Logs { get; set; } = default!;

    /// <summary>Whether there is something to show.</summary>
    private protected bool IsReady { get; set; }

    /// <summary>Why there is not, or why what was asked for last was not done; null when all is well.</summary>
    private protected Problem? Trouble { get; set; }

    /// <summary>The time.</summary>
    private protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Sends a browser to where one signs in, and back from there.</summary>
    internal static void ToSignIn(NavigationManager navigation)
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"sign-in?why=ended&to={Uri.EscapeDataString(here)}", forceLoad: true);
    }

    /// <summary>Loads what the page shows, for the parameters that it has.</summary>
    private protected abstract Task LoadAsync();

    /// <summary>Takes in what changed.</summary>
    /// <returns>Whether that is shown here.</returns>
    private protected virtual bool Take(IReadOnlyList<PluginChange> changes) => false;

    /// <summary>Takes in of which plugins, by their uids, events tell; of none when only time has gone by.</summary>
    /// <returns>Whether that is shown here.</returns>
    private protected virtual bool Hear(IReadOnlyCollection<string> uids) => false;

    /// <summary>Takes in that rights changed.</summary>
    private protected virtual Task RightsChangedAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // What is sent before the page is connected is its frame: nothing that may be wrong a moment later.
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        await TryAsync(async () =>
        {
            await Live.StartAsync();
            if (!_isSubscribed && !_isDisposed)
            {
                _isSubscribed = true;
                Live.Changed += OnChanged;
                Live.Told += OnTold;
                Live.StateChanged += OnStateChanged;
            }

            await LoadAsync();
            IsReady = true;
        });
    }

    /// <summary>Does something, and shows what went wrong.</summary>
    /// <returns>Whether it was done.</returns>
    private protected async Task<bool> TryAsync(Func<Task> action)
    {
        Trouble = null;
        try
        {
            await action();
            return true;
        }
        catch (ProblemException e) when (e.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            ToSignIn(Navigation);
            return false;
        }
        catch (ProblemException e)
        {
            Trouble = e.Problem;
            return false;
        }
        catch (OperationCanceledException)
        {
            Trouble = Refuse.Of(ProblemKinds.Timeout, "It took too long", StatusCodes.Status504GatewayTimeout, Strings.TroubleTimeout);
            return false;
        }
#pragma warning disable CA1031 // A button that was pressed must come to something, whatever happens behind it.
        catch (Exception e) when (e is not NavigationException)
#pragma warning restore CA1031
        {
            Logs.CreateLogger<UiPage>().LogError(e, "A page failed");
            Trouble = Refuse.Of(ProblemKinds.Internal, "A defect", StatusCodes.Status500InternalServerError, Strings.DefectText);
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the page listens to.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _isDisposed = true;
        Live.Changed -= OnChanged;
        Live.Told -= OnTold;
        Live.StateChanged -= OnStateChanged;
    }

    private void OnChanged(IReadOnlyList<PluginChange> changes) => _ = InvokeAsync(() =>
    {
        if (!_isDisposed && IsReady && Take(changes))
        {
            StateHasChanged();
        }
    });

    private void OnTold(IReadOnlyCollection<string> uids) => _ = InvokeAsync(() =>
    {
        if (!_isDisposed && IsReady && Hear(uids))
        {
            StateHasChanged();
        }
    });

    private void OnStateChanged() => _ = InvokeAsync(async () =>
    {
        if (!_isDisposed && !Live.IsSignedOut)
        {
            await TryAsync(RightsChangedAsync);
            StateHasChanged();
        }
    });
}
