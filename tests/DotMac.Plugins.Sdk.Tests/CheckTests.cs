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
}
