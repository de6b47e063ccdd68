using DotMac.Plugins.Sdk.Hosting;
using Pager;

await PluginHost.RunAsync<PagerPlugin>(args);
