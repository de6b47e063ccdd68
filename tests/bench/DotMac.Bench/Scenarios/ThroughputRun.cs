namespace DotMac.Bench.Scenarios;

/// <summary>One run of part a.</summary>
/// <param name="Wall">Seconds until everything was there.</param>
/// <param name="Cpu">Processor seconds of the operator meanwhile.</param>
/// <param name="ServerCpu">Processor seconds of API server and etcd meanwhile.</param>
/// <param name="Resident">MiB of the operator afterwards.</param>
internal readonly record struct ThroughputRun(double Wall, double Cpu, double ServerCpu, double Resident);
