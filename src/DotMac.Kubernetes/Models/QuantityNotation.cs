namespace DotMac.Kubernetes.Models;

/// <summary>In which family of suffixes a quantity was written, and is written again.</summary>
internal enum QuantityNotation
{
    /// <summary><c>m</c>, <c>k</c>, <c>M</c>, …</summary>
    Decimal,

    /// <summary><c>Ki</c>, <c>Mi</c>, …</summary>
    Binary,

    /// <summary><c>e3</c>, <c>e6</c>, …</summary>
    Exponent,
}
