using System.Buffers;

namespace Convene.ICalendar;

/// <summary>The TEXT value type (RFC 5545 §3.3.11).</summary>
public static class TextValue
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\;,\n");

    /// <summary>Text as it stands on a content line: backslash, semicolon and comma escaped, every line break written <c>\n</c>.</summary>
    /// <param name="text">Any text, of any length; may be empty.</param>
    /// <returns>One line. CR, LF, CRLF, NEL, LS and PS are line breaks; other control characters but the tab are dropped; lone
    /// surrogates become U+FFFD.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = SafeCharacters.Clean(text);
        if (!clean.AsSpan().ContainsAny(Special))
            return clean;

        return clean
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace(";", @"\;", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
    }
}
