using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.NetworkAutomation.Checks;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.NetworkAutomation.Playbooks;
using DotMac.Plugins.NetworkAutomation.Snmp;
using DotMac.Plugins.NetworkAutomation.Ssh;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Operations;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.NetworkAutomation;

/// <summary>
/// SNMP, SSH and Ansible for the devices of the config, by net-snmp, OpenSSH and ansible-core. Config is read once a call, so a changed password
/// is in force with the next call.
/// </summary>
public sealed class NetworkAutomationPlugin : BasePlugin
{
    private static readonly TimeSpan BackgroundTime = TimeSpan.FromMinutes(10);

    private readonly RunStore _runs = new();
    private IPluginConfig<NetworkAutomationConfig>? _config;
    private TimeProvider _timeProvider = TimeProvider.System;
    private FanOut? _fanOut;
    private ILogger? _logger;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("network-automation", "Network automation", "1.0.0")
    {
        Description = "SNMP, SSH and Ansible for network devices",
        Author = "DotMac",
        Category = PluginCategory.NetworkAutomation,
    };

    private NetworkAutomationConfig Config => _config!.Current;

    private FanOut FanOut => _fanOut!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<NetworkAutomationConfig>();
        _timeProvider = builder.TimeProvider;
        _fanOut = new FanOut(builder.TimeProvider);
        _logger = builder.LoggerFactory.CreateLogger<NetworkAutomationPlugin>();
        builder.AddCheck(new ToolsCheck());
        builder.AddCheck(new DevicesCheck(_config, _fanOut));
    }

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellationToken) => _runs.StopAsync();

    /// <summary>Asks devices for variables.</summary>
    /// <param name="request">Which devices, which variables.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>One result for each device.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device or group.</exception>
    [PluginOperation("snmp_get", Description = "Asks devices for SNMP variables.")]
    public async Task<SnmpAnswer> SnmpGetAsync(SnmpGetRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SnmpAnswer(await OnDevicesAsync(
            request,
            context,
            async (device, token) => new SnmpResult(device.Name, true, await SnmpClient.GetAsync(device, request.Oids, token)),
            SnmpResult.Failed,
            cancellationToken));
    }

    /// <summary>Asks devices for all variables below an object identifier.</summary>
    /// <param name="request">Which devices, and where to begin.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>One result for each device.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device or group.</exception>
    [PluginOperation("snmp_walk", Description = "Asks devices for all SNMP variables below an object identifier, many in one message (GETBULK).")]
    public async Task<SnmpAnswer> SnmpWalkAsync(SnmpWalkRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SnmpAnswer(await OnDevicesAsync(request, context, WalkAsync, SnmpResult.Failed, cancellationToken));

        async Task<SnmpResult> WalkAsync(Device device, CancellationToken token)
        {
            (IReadOnlyList<SnmpVariable> variables, bool truncated) = await SnmpClient.WalkAsync(device, request.Oid, request.MaxRows, request.MaxRepetitions, token);
            return new SnmpResult(device.Name, true, variables, truncated);
        }
    }

    /// <summary>Sets variables of devices.</summary>
    /// <param name="request">Which devices, which variables and values.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>One result for each device.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device or group.</exception>
    [PluginOperation("snmp_set", Description = "Sets SNMP variables of devices. A device sets all of them or none.")]
    public async Task<SnmpAnswer> SnmpSetAsync(SnmpSetRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SnmpAnswer(await OnDevicesAsync(
            request,
            context,
            async (device, token) => new SnmpResult(device.Name, true, await SnmpClient.SetAsync(device, request.Variables, token)),
            SnmpResult.Failed,
            cancellationToken));
    }

    /// <summary>Runs a command on devices.</summary>
    /// <param name="request">Which devices, which command.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>One result for each device.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device or group.</exception>
    [PluginOperation("ssh_exec", Description = "Runs a command on devices by SSH. The device's login shell gets it as one string.")]
    public async Task<SshExecAnswer> SshExecAsync(SshExecRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SshExecAnswer(await OnDevicesAsync(request, context, ExecAsync, SshExecResult.Failed, cancellationToken));

        async Task<SshExecResult> ExecAsync(Device device, CancellationToken token)
        {
            Processes.ChildResult result = await SshClient.ExecAsync(device, request.Command, token);
            return new SshExecResult(
                device.Name, true, result.ExitCode, result.Output.Text, result.Error.Text, result.Output.Truncated, result.Error.Truncated);
        }
    }

    /// <summary>Uploads a file to devices.</summary>
    /// <param name="request">Which devices, what and where to.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>One result for each device.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device or group.</exception>
    [PluginOperation("ssh_upload", Description = "Uploads a file to devices by SFTP, beside its place first and then renamed.")]
    public async Task<SshUploadAnswer> SshUploadAsync(SshUploadRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] content = request.Bytes();
        return new SshUploadAnswer(await OnDevicesAsync(request, context, UploadAsync, SshUploadResult.Failed, cancellationToken));

        async Task<SshUploadResult> UploadAsync(Device device, CancellationToken token)
        {
            await SshClient.UploadAsync(device, request.Path, content, request.Mode, request.Atomic, token);
            return new SshUploadResult(device.Name, true, content.Length);
        }
    }

    /// <summary>Runs a playbook.</summary>
    /// <param name="request">Which one, on which devices.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline, which ends a run that is waited for.</param>
    /// <returns>The run, as it is at the end or, if it is not waited for, at the beginning.</returns>
    /// <exception cref="InvalidRequestException">The config has no such device, group or playbook, or the playbook cannot be read.</exception>
    /// <exception cref="VendorRateLimitException">As many playbooks run as may.</exception>
    [PluginOperation("ansible_run", Description = "Runs an Ansible playbook on devices, and waits for its end or not.")]
    public async Task<AnsibleAnswer> AnsibleRunAsync(AnsibleRunRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        NetworkAutomationConfig config = Config;
        PlaybookOrder order = PlaybookOrders.Of(config, request);
        var run = new PlaybookRun(context.CorrelationId, _timeProvider, _logger!);
        TimeSpan limit = request.Wait ? CallLimits.Of(_timeProvider.GetUtcNow(), context.Deadline, request.TimeoutSeconds).Device
            : request.TimeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : BackgroundTime;
        Task done = _runs.Start(config.MaxRuns, run, stop => RunAsync(run, order, limit, request.Wait ? cancellationToken : CancellationToken.None, stop));
        if (!request.Wait)
        {
            return AnsibleAnswer.Of(run, run.Snapshot(after: 0));
        }

        await done;
        cancellationToken.ThrowIfCancellationRequested();
        RunSnapshot known = run.Snapshot(after: 0);

        // Ansible could not even begin with a playbook that the call brought.
        return known is { Began: false, ExitCode: not null and not 0 } && !config.Playbooks.ContainsKey(request.Playbook)
            ? throw new InvalidRequestException("Ansible cannot read the playbook.", [new FieldProblem("/playbook", known.Error)])
            : AnsibleAnswer.Of(run, known);
    }

    /// <summary>Tells how a run is.</summary>
    /// <param name="request">Which one.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The run as it is now.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such run, or it is forgotten.</exception>
    [PluginOperation("ansible_status", Description = "Tells how a run of a playbook is: what happened so far and, at the end, the recap.")]
    public Task<AnsibleAnswer> AnsibleStatusAsync(AnsibleStatusRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        PlaybookRun run = _runs.Find(request.RunId);
        return Task.FromResult(AnsibleAnswer.Of(run, run.Snapshot(request.After)));
    }

    private async Task RunAsync(PlaybookRun run, PlaybookOrder order, TimeSpan limit, CancellationToken call, CancellationToken stop)
    {
        using CancellationTokenSource time = new(limit, _timeProvider);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(time.Token, call, stop);
        await run.RunAsync(order, Why, any.Token);

        string Why() => stop.IsCancellationRequested ? "The plugin stopped, and broke the run off."
            : call.IsCancellationRequested ? "The caller went away or its deadline passed, and the run was broken off."
            : $"The run was not done within {limit.TotalSeconds:0.#} s and was broken off; give it more time with timeoutSeconds, and with wait false if a call cannot wait that long.";
    }

    private Task<IReadOnlyList<TResult>> OnDevicesAsync<TResult>(
        DevicesRequest request,
        PluginContext context,
        Func<Device, CancellationToken, Task<TResult>> work,
        Func<Device, DeviceFailure, TResult> failed,
        CancellationToken cancellationToken)
    {
        NetworkAutomationConfig config = Config;
        return FanOut.RunAsync(
            DeviceSelection.Select(config, request),
            config.MaxConcurrency,
            CallLimits.Of(_timeProvider.GetUtcNow(), context.Deadline, request.TimeoutSeconds),
            work,
            failed,
            cancellationToken);
    }
}
