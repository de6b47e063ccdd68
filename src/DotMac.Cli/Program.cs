using DotMac.Cli;

return await DotMacCommand.Create(Terminal.OfProcess()).Parse(args).InvokeAsync();
