using System.Buffers;
using System.Text;

namespace Convene.ICalendar;

/// <summary>Writes content lines, each whole first and folded in place when it turns out too long, into one rented buffer.</summary>
/// <param name="expectedLength">About how many characters will be written; more are no problem.</param>
internal sealed class LineWriter(int expectedLength) : IDisposable
{
    private const string Break = "\r\n";
    private const string Continuation = "\r\n ";

    private char[] _text = ArrayPool<char>.Shared.Rent(expectedLength);
    private int _length;

    public void Begin(string component) => WriteLine("BEGIN", component);

    public void End(string component) => WriteLine("END", component);

    public void Write(CalendarComponent component)
    {
        Begin(component.Name);
        foreach (var property in component.Properties)
            Write(property);
        foreach (var inner in component.Components)
            Write(inner);
        End(component.Name);
    }

    public void Write(CalendarProperty property)
    {
        var start = _length;
        Append(property.Name);
        foreach (var parameter in property.Parameters)
        {
            Append(";");
            Append(parameter.Name);
            var separator = "=";
            foreach (var value in parameter.Values)
            {
                Append(separator);
                Append(ParameterValue.Encode(value));
                separator = ",";
            }
        }
        Append(":");
        Append(property.Value);
        FoldFrom(start);
        Append(Break);
    }

    /// <summary>One line, folded, without a line break at its end.</summary>
    public void WriteFolded(string line)
    {
        var start = _length;
        Append(line);
        FoldFrom(start);
    }

    public override string ToString() => new(_text, 0, _length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        _text = [];
    }

    private void WriteLine(string name, string value)
    {
        var start = _length;
        Append(name);
        Append(":");
        Append(value);
        FoldFrom(start);
        Append(Break);
    }

    private void FoldFrom(int start)
    {
        var line = _text.AsSpan(start.._length);
        var fits = Fitting(line, ContentLines.MaxOctets);
        if (fits == line.Length)
            return;

        ReadOnlySpan<char> rest = line[fits..].ToArray();
        _length = start + fits;
        while (!rest.IsEmpty)
        {
            fits = Fitting(rest, ContentLines.MaxOctets - 1);
            Append(Continuation);
            Append(rest[..fits]);
            rest = rest[fits..];
        }
    }

    /// <summary>How many characters from the start, in whole code points, take no more than so many octets.</summary>
    private static int Fitting(ReadOnlySpan<char> text, int octets)
    {
        var head = text[..Math.Min(text.Length, octets)];
        if (Ascii.IsValid(head))
            return head.Length;

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

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _text.Length - _length)
            Grow(text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Grow(int by)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(2 * _text.Length, _length + by));
        _text.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }
}
