namespace Convene.ICalendar;

/// <summary>Components as content lines: CRLF at every end, folded at 75 octets of UTF-8 (RFC 5545 §3.1).</summary>
public static class ContentLines
{
    /// <summary>The longest line, in octets of UTF-8, without its line break; the space that continues a line counts.</summary>
    public const int MaxOctets = 75;

    /// <summary>The whole component as text, from its BEGIN line to its END line, each line ended by CRLF.</summary>
    /// <param name="component">Any component; its nesting is written by recursion.</param>
    /// <returns>Well-formed UTF-16, to be sent as UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="component"/> is null.</exception>
    public static string Write(CalendarComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        using var lines = new LineWriter(expectedLength: 1024);
        lines.Write(component);
        return lines.ToString();
    }

    /// <summary>One content line, folded where it is longer than <see cref="MaxOctets"/>, never inside a code point.</summary>
    /// <param name="line">A line of any length without its line break; may be empty.</param>
    /// <returns>The same line, in pieces joined by CRLF and a space; without a line break at the end.</returns>
    /// <exception cref="ArgumentException"><paramref name="line"/> is null or holds CR or LF.</exception>
    public static string Fold(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A content line holds no line break.", nameof(line));
        using var lines = new LineWriter(line.Length + line.Length / 16);
        lines.WriteFolded(line);
        return lines.ToString();
    }
}
