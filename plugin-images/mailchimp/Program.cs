using DotMac.Plugins.Mailchimp;
using DotMac.Plugins.Sdk.Hosting;

await PluginHost.RunAsync<MailchimpPlugin>(args);
