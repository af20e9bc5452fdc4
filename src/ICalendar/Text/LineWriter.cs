using System.Buffers;
using System.Text;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>
/// Writes content lines as UTF-8, each whole first and folded in place when it turns out too long, into one rented buffer. What is certain
/// to be short ASCII comes as whole lines; everything else is appended piece by piece and ended by <see cref="EndLine"/>.
/// </summary>
/// <param name="expectedLength">About how many octets will be written; more are no problem.</param>
internal sealed class LineWriter(int expectedLength) : IDisposable
{
    // What a text holds that is written as it stands: printable ASCII but backslash, semicolon and comma.
    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['\\', ';', ','])]);

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\;,\n");

    private byte[] _text = ArrayPool<byte>.Shared.Rent(expectedLength);
    private int _length;
    private int _lineStart;

    internal ReadOnlySpan<byte> Written => _text.AsSpan(0, _length);

    /// <summary>Lines with their line breaks, none longer than may be.</summary>
    internal void Lines(ReadOnlySpan<byte> lines)
    {
        Append(lines);
        _lineStart = _length;
    }

    internal void Write(CalendarComponent component)
    {
        Line("BEGIN:"u8, component.Name);
        foreach (var property in component.Properties)
            Write(property);
        foreach (var inner in component.Components)
            Write(inner);
        Line("END:"u8, component.Name);
    }

    internal void Write(CalendarProperty property)
    {
        Append(property.Name);
        foreach (var parameter in property.Parameters)
        {
            Append(";"u8);
            Append(parameter.Name);
            var separator = "="u8;
            foreach (var value in parameter.Values)
            {
                Append(separator);
                AppendParameter(value);
                separator = ","u8;
            }
        }
        Append(":"u8);
        Line(default, property.Value);
    }

    /// <summary>A line of a name with its colon and a value as it stands.</summary>
    internal void Line(ReadOnlySpan<byte> name, string value)
    {
        Append(name);
        Append(value);
        EndLine();
    }

    /// <summary>A line of a name with its colon and a TEXT.</summary>
    internal void TextLine(ReadOnlySpan<byte> name, string text)
    {
        Append(name);
        AppendText(text);
        EndLine();
    }

    /// <summary>A line of a name with its colon and a DATE-TIME in UTC.</summary>
    internal void UtcLine(ReadOnlySpan<byte> name, Instant instant)
    {
        Append(name);
        AppendTime(instant.WithOffset(Offset.Zero).LocalDateTime);
        Append("Z"u8);
        EndLine();
    }

    internal void Append(ReadOnlySpan<byte> octets)
    {
        Reserve(octets.Length);
        octets.CopyTo(_text.AsSpan(_length));
        _length += octets.Length;
    }

    internal void Append(string text)
    {
        Reserve(3 * text.Length);
        _length += Encoding.UTF8.GetBytes(text, _text.AsSpan(_length));
    }

    internal void Append(int number)
    {
        Reserve(11);
        number.TryFormat(_text.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>The value of a parameter, quoted and encoded where it must be.</summary>
    internal void AppendParameter(string value) => Append(ParameterValue.IsPlain(value) ? value : ParameterValue.Encode(value));

    internal void AppendTime(LocalDateTime time)
    {
        Reserve(ValueText.LocalLength);
        ValueText.Write(_text.AsSpan(_length), time);
        _length += ValueText.LocalLength;
    }

    /// <summary>Text as TEXT: what <see cref="TextValue.Escape"/> makes of it.</summary>
    internal void AppendText(string text)
    {
        Reserve(3 * text.Length); // three octets a character at most; an escaped one takes two
        if (!text.AsSpan().ContainsAnyExcept(Unescaped))
        {
            _length += Encoding.UTF8.GetBytes(text, _text.AsSpan(_length));
            return;
        }

        var rest = SafeCharacters.Clean(text).AsSpan();
        while (true)
        {
            var special = rest.IndexOfAny(Escaped);
            var plain = special < 0 ? rest : rest[..special];
            _length += Encoding.UTF8.GetBytes(plain, _text.AsSpan(_length));
            if (special < 0)
                return;
            _text[_length++] = (byte)'\\';
            _text[_length++] = rest[special] == '\n' ? (byte)'n' : (byte)rest[special];
            rest = rest[(special + 1)..];
        }
    }

    /// <summary>Ends the line, folded where it is longer than may be.</summary>
    internal void EndLine()
    {
        if (_length - _lineStart > ContentLines.MaxOctets)
            Fold();
        Append("\r\n"u8);
        _lineStart = _length;
    }

    /// <summary>Hands on the whole lines written so far, and forgets them.</summary>
    internal void HandOn(IBufferWriter<byte> output)
    {
        output.Write(Written);
        (_length, _lineStart) = (0, 0);
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_text);
        _text = [];
    }

    private void Fold()
    {
        var first = WholeSequences(_text.AsSpan(_lineStart.._length), ContentLines.MaxOctets);
        ReadOnlySpan<byte> rest = _text.AsSpan((_lineStart + first).._length).ToArray();
        _length = _lineStart + first;
        while (!rest.IsEmpty)
        {
            var fits = rest.Length < ContentLines.MaxOctets ? rest.Length : WholeSequences(rest, ContentLines.MaxOctets - 1);
            Append("\r\n "u8);
            Append(rest[..fits]);
            rest = rest[fits..];
        }
    }

    /// <summary>How many octets from the start, at most so many, do not cut a sequence of UTF-8.</summary>
    private static int WholeSequences(ReadOnlySpan<byte> text, int octets)
    {
        while ((text[octets] & 0xC0) == 0x80)
            octets--;
        return octets;
    }

    private void Reserve(int octets)
    {
        if (octets <= _text.Length - _length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _text.Length, _length + octets));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_text);
        _text = larger;
    }
}
