namespace DotMac.Operator.Reconciliation;

/// <summary>What is to be said in a condition.</summary>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">Why, in CamelCase.</param>
/// <param name="Message">Why, and what to do, for people.</param>
internal sealed record Verdict(string Status, string Reason, string Message)
{
    public bool IsTrue => Status == "True";

    public bool IsFalse => Status == "False";

    public static Verdict True(string reason, string message) => new("True", reason, message);

    public static Verdict False(string reason, string message) => new("False", reason, message);

    public static Verdict Unknown(string reason, string message) => new("Unknown", reason, message);
}
