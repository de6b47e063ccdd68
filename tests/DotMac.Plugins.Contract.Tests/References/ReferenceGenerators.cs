using DotMac.Plugins.Contract.References;
using FsCheck;
using FsCheck.Fluent;

namespace DotMac.Plugins.Contract.Tests.References;

/// <summary>Arbitrary well-formed references, and sources that mix them with text.</summary>
public static class ReferenceGenerators
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCXYZ0189";

    public static Arbitrary<ConfigReference> References() => Reference.ToArbitrary();

    public static Arbitrary<TemplateSource> Sources() =>
        Gen.OneOf(
                Reference.Select(reference => reference.ToString()),
                Gen.Elements("$", "{", "}", "$${", "$$", "text", " ", "ä", "\"", "\\", ":", "/"),
                Text("${}ab", 6).Where(text => !text.Contains("${", StringComparison.Ordinal)))
            .ListOf()
            .Select(parts => new TemplateSource(string.Concat(parts)))
            .ToArbitrary();

    private static Gen<ConfigReference> Reference => Gen.OneOf(
        from segments in Text(Alphanumeric + "-_.~@=,:", 12).Where(text => text is not ("." or "..")).NonEmptyListOf()
        from key in Text(Alphanumeric + "-_", 12)
        select new ConfigReference(ReferenceKind.Vault, string.Join('/', segments), key),
        from name in Text("abcxyz019", 10)
        from key in Text(Alphanumeric + "-_", 12)
        select new ConfigReference(ReferenceKind.Secret, name, key),
        from name in Text("ABCxyz_", 12)
        select new ConfigReference(ReferenceKind.Env, "", name));

    private static Gen<string> Text(string alphabet, int maxLength) =>
        from length in Gen.Choose(1, maxLength)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(characters);
}
