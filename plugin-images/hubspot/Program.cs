using DotMac.Plugins.HubSpot;
using DotMac.Plugins.Sdk.Hosting;

await PluginHost.RunAsync<HubSpotPlugin>(args);
