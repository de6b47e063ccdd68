using System.Text.Json.Serialization;
using DotMac.Plugins.Contract.Callers;
using DotMac.Plugins.Contract.Operations;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Contract;

/// <summary>The contract's JSON: camelCase, enums by name, nulls left out, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PluginStatusReport))]
[JsonSerializable(typeof(CallersFile))]
[JsonSerializable(typeof(OperationList))]
[JsonSerializable(typeof(PluginProblem))]
public sealed partial class ContractJsonContext : JsonSerializerContext;
