using DotMac.StandIns.Vendors.Server;

// Every vendor below its own prefix: http://…:8080/stripe, /slack, … All of them take the token of STANDIN_TOKEN and no other.
string token = Environment.GetEnvironmentVariable("STANDIN_TOKEN") is { Length: > 0 } given
    ? given
    : throw new InvalidOperationException("Set STANDIN_TOKEN to the token that callers must know.");
await using var server = new VendorServer(VendorStandIns.All(token), args);
await server.RunAsync();
