using FsCheck;
using FsCheck.Fluent;

namespace Convene.ICalendar.Tests;

/// <summary>Text made of the pieces that break writers: line breaks, quotes, wide characters, halves of surrogate pairs.</summary>
internal static class TroublesomeText
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", " ", "\t", "\\", "\\n", ";", ",", ":", "\"", "'", "^", "^n", "=",
        "\r", "\n", "\r\n", "\0", "\u0007", "\u000B", "\u007F",
        "\u0085", "\u2028", "\u2029", "\u00A0", "é", "ß", "你", "\uFFFD", "\uFEFF", "🎉", "👩‍👩‍👧", "\uD83C", "\uDF89",
        "\r\nATTENDEE:mailto:evil@example.com",
        "END:VEVENT", "a longer piece of plain words to reach the fold ",
        "ünïcödé words that reach the fold with two octets each ",
    ];

    public static Arbitrary<string> Any { get; } = Arb.From(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
        text => ArbMap.Default.ArbFor<string>().Shrinker(text));

    public static Arbitrary<string> OneLine { get; } = Any.MapFilter(
        text => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
        text => !text.AsSpan().ContainsAny('\r', '\n'));
}
