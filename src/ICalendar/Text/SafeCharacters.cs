using System.Buffers;
using System.Text;

namespace Convene.ICalendar;

/// <summary>Which characters may reach a content line. All that is written passes through here, so no input can start a line.</summary>
internal static class SafeCharacters
{
    // What strict and lax parsers take for a line break: Python's splitlines and JavaScript also break at NEL, LS and PS.
    private const char NextLine = '\u0085', LineSeparator = '\u2028', ParagraphSeparator = '\u2029';

    private static readonly SearchValues<char> PrintableAscii =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c != '\t'),
        LineSeparator,
        ParagraphSeparator,
    ]);

    // What a text must be rewritten for: controls but tab and line feed, line breaks of Unicode, and halves of surrogate pairs.
    private static readonly SearchValues<char> Troubling = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\n')),
        LineSeparator,
        ParagraphSeparator,
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
    ]);

    /// <summary>The text with all line breaks as <c>\n</c>, other controls but the tab dropped, lone surrogates as U+FFFD.</summary>
    internal static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(PrintableAscii) || !text.AsSpan().ContainsAny(Troubling))
            return text;

        var clean = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or NextLine or LineSeparator or ParagraphSeparator || rune.Value == '\n' && previous.Value != '\r')
                clean.Append('\n');
            else if (rune.Value == '\t' || !Rune.IsControl(rune))
                clean.Append(rune);
            previous = rune;
        }
        return clean.ToString();
    }

    /// <summary>A value that was read: line breaks of Unicode as escaped ones, control characters other than the tab dropped.</summary>
    internal static string OneLineOfText(ReadOnlySpan<char> value) =>
        value.ContainsAny(Forbidden) ? Clean(value.ToString()).Replace("\n", @"\n", StringComparison.Ordinal) : value.ToString();

    /// <summary>The value with lone surrogates as U+FFFD.</summary>
    /// <exception cref="ArgumentException">The value is null or holds a line break or a control character other than a tab.</exception>
    internal static string OneLine(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.AsSpan().ContainsAnyExcept(PrintableAscii))
            return value;
        if (value.AsSpan().ContainsAny(Forbidden))
            throw new ArgumentException("A value holds no line break and no control character but the tab.", nameof(value));
        return value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Clean(value) : value;
    }
}
