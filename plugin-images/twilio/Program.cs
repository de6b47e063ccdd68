using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Twilio;

await PluginHost.RunAsync<TwilioPlugin>(args);
