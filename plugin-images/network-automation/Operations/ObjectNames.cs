using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>Checks object identifiers.</summary>
internal static class ObjectNames
{
    /// <summary>What an object identifier must be, for people.</summary>
    public const string Form = "an object identifier in numbers, such as 1.3.6.1.2.1.1.3.0, or a MIB's name with its index, such as IF-MIB::ifDescr.1";

    /// <summary>The problems of a list.</summary>
    public static IEnumerable<ValidationResult> Problems(IEnumerable<string> oids, string member) =>
        oids.Select((oid, index) => (oid, index))
            .Where(item => !WholeMatch.Is(item.oid, NetworkForms.ObjectName))
            .Select(item => new ValidationResult($"Item {item.index} must be {Form}.", [member]));
}
