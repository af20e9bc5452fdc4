using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Convene.ICalendar;

/// <summary>Content lines out of octets: splits at CRLF, LF and CR, unfolds, and decodes (RFC 5545 §3.1).</summary>
internal ref struct LineReader
{
    // A line that was folded is about this long. A shorter one that goes on without a space was cut by a line break in its text.
    private const int LikelyFold = 70;
    private const int LongestName = 100;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Where(code => code != '\t').Select(code => (char)code)]);

    private static readonly SearchValues<byte> NameOctets =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    // Only text has line breaks that somebody can forget to escape.
    private static readonly string[] Texts = ["DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC", "X-WR-CALDESC"];

    // 0x80 to 0x9F of Windows-1252; the rest is Latin-1.
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009Džÿ";

    private readonly ReadOnlySpan<byte> _input;
    private readonly ReadingOptions _options;
    private readonly MendList _mends;
    private int _at;
    private int _linesSeen;
    private byte[] _unfolded = [];
    private int _unfoldedLength;
    private char[] _chars = ArrayPool<char>.Shared.Rent(1024);

    internal LineReader(ReadOnlySpan<byte> input, ReadingOptions options, MendList mends)
    {
        _input = input.StartsWith("\uFEFF"u8) ? input[3..] : input;
        _options = options;
        _mends = mends;
    }

    /// <summary>The line, unfolded and without its line break; valid until the next one is read.</summary>
    internal ReadOnlySpan<char> Line { get; private set; }

    /// <summary>The number of the line's first line in the input, from one; after the last line, its number.</summary>
    internal int LineNumber { get; private set; }

    /// <summary>Goes to the next line that is not blank.</summary>
    internal bool Next()
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (_at >= _input.Length)
                return false;
            line = Physical();
            LineNumber = _linesSeen;
            if (line.IsEmpty && !IsContinued())
                _mends.Add(LineNumber, "The line is blank", "it was left out");
        }
        while (line.IsEmpty && !IsContinued());

        Line = Decode(WithContinuations(line));
        if (Line.ContainsAny(Controls))
            DropControls();
        return true;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars);
        if (_unfolded.Length > 0)
            ArrayPool<byte>.Shared.Return(_unfolded);
    }

    private ReadOnlySpan<byte> Physical()
    {
        if (++_linesSeen > _options.MaxLines)
            throw new CalendarSyntaxException(_linesSeen, $"The calendar has more than {_options.MaxLines} lines.");
        var rest = _input[_at..];
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
            length = rest.Length;
        _at += length;
        if (_at < _input.Length)
            _at += rest[length..].StartsWith("\r\n"u8) ? 2 : 1;
        if (length > _options.MaxLineOctets)
            TooLong();
        return rest[..length];
    }

    private readonly bool IsContinued() => _at < _input.Length && _input[_at] is (byte)' ' or (byte)'\t';

    private ReadOnlySpan<byte> WithContinuations(ReadOnlySpan<byte> line)
    {
        if (!IsContinued() && !(_options.Mends && IsStray()))
            return line;

        _unfoldedLength = 0;
        Append(line);
        var last = line.Length;
        while (true)
        {
            if (IsContinued())
            {
                var more = Physical();
                Append(more[1..]);
                last = more.Length;
            }
            else if (_options.Mends && IsStray() && IsOfText())
            {
                var more = Physical();
                if (more.IsEmpty)
                {
                    _mends.Add(_linesSeen, "The line is blank", "it was left out");
                    continue;
                }
                if (last >= LikelyFold)
                {
                    _mends.Add(_linesSeen, "The line goes on the one above, but does not begin with a space", "they were joined");
                }
                else
                {
                    _mends.Add(_linesSeen, "There is a line break in the text above", "it was kept as one");
                    Append("\\n"u8);
                }
                Append(more);
                last = more.Length;
            }
            else
            {
                return _unfolded.AsSpan(0, _unfoldedLength);
            }
        }
    }

    /// <summary>Whether the next line cannot be a content line: no name, and neither colon nor semicolon behind it.</summary>
    private readonly bool IsStray()
    {
        if (_at >= _input.Length)
            return false;
        var rest = _input[_at..];
        var name = rest[..Math.Min(rest.Length, LongestName)].IndexOfAnyExcept(NameOctets);
        // Blank lines belong to a text only if more of it follows; the one before the next property does not.
        if (name == 0 && rest[0] is (byte)'\r' or (byte)'\n')
        {
            var next = rest[..Math.Min(rest.Length, LongestName)].IndexOfAnyExcept((byte)'\r', (byte)'\n');
            return next > 0 && !StartsContentLine(rest[next..]);
        }
        return !StartsContentLine(rest);
    }

    private static bool StartsContentLine(ReadOnlySpan<byte> rest)
    {
        var name = rest[..Math.Min(rest.Length, LongestName)].IndexOfAnyExcept(NameOctets);
        if (name <= 0)
            return false;
        // Some fold right behind the name.
        var behind = rest[name..];
        return behind[0] is (byte)':' or (byte)';'
            || behind is [(byte)'\r', (byte)'\n', (byte)' ' or (byte)'\t', ..] or [(byte)'\r' or (byte)'\n', (byte)' ' or (byte)'\t', ..];
    }

    private readonly bool IsOfText()
    {
        var line = _unfolded.AsSpan(0, _unfoldedLength);
        var end = line[..Math.Min(line.Length, LongestName)].IndexOfAny((byte)':', (byte)';');
        if (end < 0)
            return false;
        foreach (var text in Texts)
        {
            if (Ascii.EqualsIgnoreCase(line[..end], text))
                return true;
        }
        return false;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_unfoldedLength + octets.Length > _options.MaxLineOctets)
            TooLong();
        if (_unfoldedLength + octets.Length > _unfolded.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(1024, 2 * (_unfoldedLength + octets.Length)));
            _unfolded.AsSpan(0, _unfoldedLength).CopyTo(larger);
            if (_unfolded.Length > 0)
                ArrayPool<byte>.Shared.Return(_unfolded);
            _unfolded = larger;
        }
        octets.CopyTo(_unfolded.AsSpan(_unfoldedLength));
        _unfoldedLength += octets.Length;
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > _chars.Length)
        {
            ArrayPool<char>.Shared.Return(_chars);
            _chars = ArrayPool<char>.Shared.Rent(octets.Length);
        }
        if (Utf8.ToUtf16(octets, _chars, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
            return _chars.AsSpan(0, written);

        _mends.Add(LineNumber, "The line is no UTF-8", "it was read as Windows-1252");
        for (var i = 0; i < octets.Length; i++)
            _chars[i] = octets[i] is >= 0x80 and <= 0x9F ? Windows1252[octets[i] - 0x80] : (char)octets[i];
        return _chars.AsSpan(0, octets.Length);
    }

    private void DropControls()
    {
        _mends.Add(LineNumber, "There is a control character", "it was dropped");
        var kept = 0;
        foreach (var c in Line)
        {
            if (!Controls.Contains(c))
                _chars[kept++] = c;
        }
        Line = _chars.AsSpan(0, kept);
    }

    private readonly void TooLong() =>
        throw new CalendarSyntaxException(_linesSeen, $"The line has more than {_options.MaxLineOctets} octets.");
}
