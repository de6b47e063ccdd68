using DotMac.Operator.Configuration;

return await OperatorCommand.Create().Parse(args).InvokeAsync();
