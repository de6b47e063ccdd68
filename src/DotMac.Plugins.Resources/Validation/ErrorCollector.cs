using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources.Validation;

/// <summary>Collects what is wrong with a resource, with the checks that several fields share.</summary>
internal sealed class ErrorCollector
{
    private readonly List<ValidationError> _errors = [];

    /// <summary>What was collected.</summary>
    public IReadOnlyList<ValidationError> Errors => _errors;

    /// <summary>Adds an error.</summary>
    public void Add(string pointer, string message) => _errors.Add(new ValidationError(pointer, message));

    /// <summary>Adds an error unless something holds.</summary>
    public void Require(bool holds, string pointer, string message)
    {
        if (!holds)
        {
            Add(pointer, message);
        }
    }

    /// <summary>A value that this version of the operator knows.</summary>
    public void Known<TEnum>(TEnum? value, string pointer)
        where TEnum : struct, Enum =>
        Require(
            value is null || Enum.IsDefined(value.Value),
            pointer,
            $"is a value that this version does not know; write one of {string.Join(", ", EnumText.All<TEnum>())}");

    /// <summary>The name of an object of Kubernetes, when there is one.</summary>
    public void Subdomain(string? name, string pointer) => Require(
        string.IsNullOrEmpty(name) || Names.IsSubdomain(name), pointer, "must be a name of lower-case letters, digits, '-' and '.'");

    /// <summary>A list whose items have keys that do not repeat.</summary>
    public void Unique<T>(IEnumerable<T> items, Func<T, string?> key, string pointer, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in items)
        {
            if (key(item) is { Length: > 0 } name && !seen.Add(name))
            {
                Add(JsonPointer.Append(JsonPointer.Append(pointer, index), field), $"{name} stands here a second time; remove one of them");
            }

            index++;
        }
    }
}
