using DotMac.Plugins.Contract.References;
using FsCheck;
using FsCheck.Xunit;

namespace DotMac.Plugins.Contract.Tests.References;

[Properties(Arbitrary = [typeof(ReferenceGenerators)], QuietOnSuccess = true)]
public class ReferenceProperties
{
    [Property]
    public bool PrintedReferencesParseToThemselves(ConfigReference reference) =>
        ConfigTemplate.Parse(reference.ToString()).Segments.SequenceEqual([new ReferenceSegment(reference)]);

    [Property(MaxTest = 500)]
    public bool WhatParsesPrintsAndParsesToTheSame(TemplateSource source) =>
        !ConfigTemplate.TryParse(source.Text, out ConfigTemplate? template, out _)
        || (template.ToString() == source.Text && ConfigTemplate.Parse(template.ToString()).Segments.SequenceEqual(template.Segments));

    [Property]
    public bool EscapedTextRendersToItself(NonNull<string> text)
    {
        var template = ConfigTemplate.Parse(text.Get.Replace("${", "$${", StringComparison.Ordinal));
        return !template.HasReferences && template.Render(_ => "") == text.Get;
    }

    [Property(MaxTest = 500)]
    public bool ParsingAnythingEitherGivesATemplateOrAnErrorInsideTheText(NonNull<string> text) =>
        ConfigTemplate.TryParse(text.Get, out _, out ReferenceError? error) || (error.Column >= 1 && error.Column <= text.Get.Length + 1);

    [Property(MaxTest = 1000)]
    public bool VaultSecretNamesAreShortDnsLabels(NonEmptyString path) => IsLabel(VaultSecretName.For(path.Get));

    [Property(MaxTest = 1000)]
    public bool TwoVaultPathsNeverShareAName(ConfigReference first, ConfigReference second) =>
        first.Path.Length == 0
        || second.Path.Length == 0
        || (first.Path == second.Path) == (VaultSecretName.For(first.Path) == VaultSecretName.For(second.Path));

    private static bool IsLabel(string name) =>
        name.Length is > 0 and <= VaultSecretName.MaxLength
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && name[0] != '-'
        && name[^1] != '-';
}
