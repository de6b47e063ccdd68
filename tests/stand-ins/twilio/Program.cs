using DotMac.StandIns.Twilio;

await using TwilioStandIn standIn = new(
    Environment.GetEnvironmentVariable("STANDIN_ACCOUNT_SID") is { Length: > 0 } sid ? sid : TwilioStandIn.DefaultAccountSid,
    Environment.GetEnvironmentVariable("STANDIN_AUTH_TOKEN") is { Length: > 0 } token ? token : throw new InvalidOperationException("Set STANDIN_AUTH_TOKEN to the token that callers must know."),
    args);
await standIn.RunAsync();
