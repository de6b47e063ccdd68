using System.CommandLine;
using DotMac.Admin.Configuration;

var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(27) };
return await AdminCommand.Create().Parse(args).InvokeAsync(invocation);
