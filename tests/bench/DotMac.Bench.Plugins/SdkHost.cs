using DotMac.Plugins.Sdk.Hosting;

namespace DotMac.Bench.Plugins;

/// <summary>The same operation as a plugin, as a container runs it: caller's token verified, tenant compared, request validated, call counted and logged.</summary>
internal static class SdkHost
{
    public static async Task<int> RunAsync()
    {
        await PluginHost.RunAsync<EchoPlugin>([]);
        return 0;
    }
}
