using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Stripe;

await PluginHost.RunAsync<StripePlugin>(args);
