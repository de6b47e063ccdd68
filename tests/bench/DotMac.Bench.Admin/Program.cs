using System.CommandLine;
using DotMac.Bench.Admin;

var admin = new Option<string>("--admin") { Description = "The published service, DotMac.Admin.dll", Required = true };
var plugins = new Option<int>("--plugins") { Description = "How many plugins are installed", DefaultValueFactory = static _ => 1000 };
var rate = new Option<int>("--rate") { Description = "How many requests a second", DefaultValueFactory = static _ => 500 };
var seconds = new Option<int>("--seconds") { Description = "How long each path is asked", DefaultValueFactory = static _ => 20 };
var rounds = new Option<int>("--rounds") { Description = "How often all is repeated", DefaultValueFactory = static _ => 3 };
var ui = new Option<bool>("--ui") { Description = "Measures the web UI in Chromium instead" };
var command = new RootCommand("Measures the admin API with wrk, beside a bare health endpoint of the same process.") { admin, plugins, rate, seconds, rounds, ui };
command.SetAction(parsed => AdminBench.RunAsync(
    parsed.GetValue(admin)!, parsed.GetValue(plugins), new WrkLoad(parsed.GetValue(rate), parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(ui)));
return await command.Parse(args).InvokeAsync();
