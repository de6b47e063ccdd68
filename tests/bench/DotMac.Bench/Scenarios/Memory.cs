using System.Globalization;
using DotMac.Bench.Load;
using DotMac.Bench.Processes;
using DotMac.Bench.Report;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;

namespace DotMac.Bench.Scenarios;

/// <summary>
/// The large half of part c: TenantPlugins alone. They name a definition that is not there, so the operator writes their status and makes
/// no children.
/// </summary>
internal sealed class Memory(BenchOptions options, Results results)
{
    private const string Missing = "missing";
    private const int Few = 1_000;
    private const int Many = 10_000;
    private const double MostResidentMiB = 200;

    public async Task RunAsync()
    {
        results.Step("TenantPlugins without children, for part c");
        await using var servers = await Servers.StartAsync();
        await Tenants.PrepareAsync(servers.Plane);
        await using (var subject = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig))
        {
            await subject.SettleAsync();
            var empty = subject.Sample.ResidentMiB;
            results.Raw('c', Text($"operator with nothing: {empty:0} MiB resident"));
            var few = await GrowAsync(servers, subject, 0, Few);
            var many = await GrowAsync(servers, subject, Few, Many);
            results.Add(Figure.Told('c', Text($"resident with {Few} TenantPlugins alone"), few, "MiB", "0"));
            results.Add(Figure.AtMost('c', Text($"resident with {Many} TenantPlugins alone"), many, MostResidentMiB, "MiB", "0"));
            results.Add(Figure.Told('c', Text($"resident for each of {Many}, without what the empty operator takes"), 1024 * (many - empty) / Many, "KB"));
        }

        await using var again = await OperatorProgram.StartAsync(options.Operator, servers.Kubeconfig);
        await again.SettleAsync();
        results.Raw('c', Text($"operator started with {Many} present: ready after {again.Startup.TotalSeconds:0.00} s, {again.Sample.CpuSeconds:0.00} CPU s, {again.Sample.ResidentMiB:0} MiB resident"));
        await ObjectSizes.OfAsync<TenantPlugin>(servers, EntityType.Of<TenantPlugin>(), results);
    }

    private async Task<double> GrowAsync(Servers servers, OperatorProgram subject, int from, int to)
    {
        var cpu = subject.Sample.CpuSeconds;
        var load = await OwnLoad.RunAsync(servers, from, to, Missing);
        await subject.SettleAsync();
        var sample = subject.Sample;
        results.Raw('c', Text($"operator with {to} TenantPlugins alone: {sample.ResidentMiB:0} MiB resident; {to - from} statuses in {load.Converged.TotalSeconds:0.0} s and {sample.CpuSeconds - cpu:0.0} CPU s"));
        return sample.ResidentMiB;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
