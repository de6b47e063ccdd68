using System.CommandLine;
using DotMac.Bench;

var subject = new Option<string>("--operator") { Description = "The published operator, DotMac.Operator.dll", Required = true };
var peer = new Option<string?>("--peer") { Description = "The client-go operator. Default: measure without it" };
var parts = new Option<string>("--parts") { Description = "Which parts, of abcdefg; o: part a with the operator alone, to profile it", DefaultValueFactory = static _ => "abcdefg" };
var count = new Option<int>("--count") { Description = "TenantPlugins of part a", DefaultValueFactory = static _ => 1000 };
var plugins = new Option<int>("--plugins") { Description = "TenantPlugins of part g", DefaultValueFactory = static _ => 10_000 };
var rounds = new Option<int>("--rounds") { Description = "How often part a is repeated", DefaultValueFactory = static _ => 2 };
var output = new Option<string?>("--output") { Description = "Where the report goes. Default: the console only" };
var command = new RootCommand("Measures the operator against a real API server.") { subject, peer, parts, count, plugins, rounds, output };
command.SetAction(parsed => Bench.RunAsync(new BenchOptions
{
    Operator = parsed.GetValue(subject)!,
    Peer = parsed.GetValue(peer) is { Length: > 0 } binary ? binary : null,
    Parts = parsed.GetValue(parts)!,
    Count = parsed.GetValue(count),
    Plugins = parsed.GetValue(plugins),
    Rounds = parsed.GetValue(rounds),
    Output = parsed.GetValue(output),
}));
return await command.Parse(args).InvokeAsync();
