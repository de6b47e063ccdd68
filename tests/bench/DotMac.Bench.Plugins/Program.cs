using DotMac.Bench.Plugins;

// The same program is what is measured (bare, sdk) and what measures.
return args switch
{
    ["bare"] => await BareHost.RunAsync(),
    ["sdk"] => await SdkHost.RunAsync(),
    ["overhead"] => await Overhead.RunAsync(),
    ["idle", .. string[] plugins] => await Idle.RunAsync(plugins),
    _ => throw new ArgumentException("Say overhead, or idle and the published plugins' directories."),
};
