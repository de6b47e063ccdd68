using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record AskConfig(string Token, Uri BaseUrl, EventReceiver? Events = null);
