using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.SendGrid;

await PluginHost.RunAsync<SendGridPlugin>(args);
