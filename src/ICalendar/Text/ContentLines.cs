using System.Buffers;
using System.Text;

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

        var folded = new StringBuilder(line.Length + line.Length / 16);
        var rest = line.AsSpan();
        var room = MaxOctets;
        while (true)
        {
            var fits = Fitting(rest, room);
            folded.Append(rest[..fits]);
            if (fits == rest.Length)
                return folded.ToString();
            folded.Append("\r\n ");
            rest = rest[fits..];
            room = MaxOctets - 1;
        }
    }

    /// <summary>The whole component as UTF-8, as <see cref="Write(CalendarComponent)"/> writes it.</summary>
    /// <param name="component">Any component; its nesting is written by recursion.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public static void Write(CalendarComponent component, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(output);
        using var lines = new LineWriter(expectedLength: 4096);
        lines.Write(component);
        output.Write(lines.Written);
    }

    /// <summary>How many characters from the start, in whole code points, take no more than so many octets.</summary>
    private static int Fitting(ReadOnlySpan<char> text, int octets)
    {
        var length = 0;
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out var rune, out var consumed);
            octets -= rune.Utf8SequenceLength;
            if (octets < 0)
                break;
            length += consumed;
        }
        return length;
    }
}
