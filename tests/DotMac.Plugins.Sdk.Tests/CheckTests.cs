using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public class CheckTests
{
    public static TheoryData<string, Func<CancellationToken, Task<CheckResult>>, HealthState> Cases => new()
    {
        { "healthy", _ => Task.FromResult(CheckResult.Healthy), HealthState.Healthy },
        { "refused", _ => throw new VendorException("Bad credentials."), HealthState.Unhealthy },
        { "unreachable", _ => throw new VendorUnavailableException("Down."), HealthState.Degraded },
        { "slow", token => Task.Delay(Timeout.Infinite, token).ContinueWith(_ => CheckResult.Healthy, token, TaskContinuationOptions.None, TaskScheduler.Default), HealthState.Degraded },
        { "deaf", _ => new TaskCompletionSource<CheckResult>().Task, HealthState.Degraded },
        { "defect", _ => throw new InvalidOperationException("x"), HealthState.Unhealthy },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task WhateverACheckDoesThePluginStaysReady(string name, Func<CancellationToken, Task<CheckResult>> check, HealthState expected)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin { OnCheck = check }, new() { Config = """{ "token": "abc" }""" });
        await host.WaitUntilReadyAsync();

        await host.WaitForCheckAsync("sample", expected);

        (await host.StatusAsync()).State.Should().Be(PluginState.Active, name);
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task AFreshStatusRunsTheChecksFirstAndAtMostOnceInTenSeconds()
    {
        int runs = 0;
        await using PluginTestHost host = await PluginTestHost.StartAsync(
            new SamplePlugin { OnCheck = _ => Task.FromResult(Interlocked.Increment(ref runs) == 1 ? CheckResult.Unhealthy("Bad credentials.") : CheckResult.Healthy) },
            new() { Config = """{ "token": "abc" }""" });
        await host.WaitForCheckAsync("sample", HealthState.Unhealthy);

        PluginStatusReport[] reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.StatusAsync(ContractPaths.FreshStatus)));

        reports.Should().OnlyContain(report => report.Checks!.Single(check => check.Name == "sample").State == HealthState.Healthy);
        runs.Should().Be(2, "those who ask together share a run");
        (await host.StatusAsync(ContractPaths.FreshStatus)).Checks.Should().Contain(check => check.State == HealthState.Healthy);
        runs.Should().Be(2, "the vendor is spared");
    }
}
