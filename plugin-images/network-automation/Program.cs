using DotMac.Plugins.NetworkAutomation;
using DotMac.Plugins.Sdk.Hosting;

await PluginHost.RunAsync<NetworkAutomationPlugin>(args);
