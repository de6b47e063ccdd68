using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Slack;

await PluginHost.RunAsync<SlackPlugin>(args);
