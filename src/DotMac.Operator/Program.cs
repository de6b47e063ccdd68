using System.CommandLine;
using DotMac.Operator.Configuration;

// Reconciles under way may take their grace, and the lease is to be given back: longer than that, and shorter than a pod's grace period.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(27) };
return await OperatorCommand.Create().Parse(args).InvokeAsync(invocation);
