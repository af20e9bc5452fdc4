using System.Text;

namespace Convene.ICalendar;

/// <summary>Calendar text as components: files, feeds, invitations and replies, whoever wrote them (RFC 5545 §3.1–§3.6).</summary>
/// <remarks>
/// <para>One pass over the input. Unfolds lines, also where a fold cuts a UTF-8 sequence; names come out in upper case; parameters come
/// out decoded (quotes, RFC 6868); values stay as they stand on the line. Unknown and <c>X-</c> properties, parameters and components are
/// kept, in order, so that <see cref="ContentLines"/> writes the same calendar again.</para>
/// <para>What the values mean is read by <see cref="CalendarContents"/>.</para>
/// </remarks>
public static class CalendarReader
{
    /// <summary>Reads all calendars in a file or message.</summary>
    /// <param name="text">UTF-8, with or without a byte order mark. When mending, a line that is no UTF-8 is taken as Windows-1252, and
    /// UTF-16 with a byte order mark as what it is.</param>
    /// <param name="options">Mending or not, and the limits; <see cref="ReadingOptions.Strict"/> when left out.</param>
    /// <returns>One calendar or more.</returns>
    /// <exception cref="CalendarSyntaxException">There is no component in the text, a limit is exceeded, or, when not mending, something
    /// is not as RFC 5545 wants it.</exception>
    /// <remarks>Takes time in proportion to the length of the text, whatever is in it.</remarks>
    public static CalendarReading Read(ReadOnlySpan<byte> text, ReadingOptions? options = null)
    {
        options ??= ReadingOptions.Strict;
        Measure(text.Length, options);
        var mends = new MendList(options);
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            mends.Add(1, "The text is UTF-16", "it was read as that");
            text = FromUtf16(text);
            Measure(text.Length, options);
        }

        using var lines = new LineReader(text, options, mends);
        var properties = new PropertyParser(options, mends);
        var tree = new TreeBuilder(options, mends);
        while (lines.Next())
        {
            if (properties.Parse(lines.Line, lines.LineNumber) is { } property)
                tree.Add(property, lines.LineNumber);
        }
        return new CalendarReading(tree.Finish(lines.LineNumber), mends.Kept, mends.Count);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, ReadingOptions?)"/>
    /// <param name="text">The text. Lone surrogates become U+FFFD.</param>
    /// <param name="options">Mending or not, and the limits; <see cref="ReadingOptions.Strict"/> when left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static CalendarReading Read(string text, ReadingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Measure(text.Length, options ?? ReadingOptions.Strict);
        return Read(Encoding.UTF8.GetBytes(text), options);
    }

    private static void Measure(int octets, ReadingOptions options)
    {
        if (octets > options.MaxOctets)
            throw new CalendarSyntaxException(0, $"The calendar has more than {options.MaxOctets} octets.");
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> text)
    {
        var encoding = text[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        return Encoding.UTF8.GetBytes(encoding.GetString(text[2..]));
    }
}
