using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DotMac.Plugins.Sdk.Operations;

/// <summary>The operations of a plugin by name.</summary>
internal sealed partial class OperationCatalog
{
    private readonly SortedDictionary<string, Operation> _operations = new(StringComparer.Ordinal);

    /// <summary>All, by name.</summary>
    public IReadOnlyCollection<Operation> All => _operations.Values;

    /// <summary>Checks the name of an operation or a webhook, which becomes a part of a URL and the value of a label.</summary>
    public static void RequireName(string name)
    {
        if (!NameForm().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no name: write lower-case letters, digits and '_', at most 63, a letter first.", nameof(name));
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(Operation operation)
    {
        RequireName(operation.Name);
        if (!_operations.TryAdd(operation.Name, operation))
        {
            throw new ArgumentException($"The operation {operation.Name} is declared twice.", nameof(operation));
        }
    }

    /// <summary>Finds one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Operation? operation) => _operations.TryGetValue(name, out operation);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
