using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>One content line as a property: name, parameters, value (RFC 5545 §3.1, §3.2, RFC 6868).</summary>
internal sealed class PropertyParser(ReadingOptions options, MendList mends)
{
    private const int MostParametersKept = 512;
    private const int LongestParameterKept = 120;

    private readonly KnownName _names = new();
    private readonly List<CalendarParameter> _parameters = [];
    private readonly List<string> _values = [];

    // The same few parameters stand on most lines: TZID=Europe/Berlin, VALUE=DATE. One instance serves all; how many is bounded.
    private readonly Dictionary<string, CalendarParameter> _kept = new(StringComparer.Ordinal);
    private int _valueCount;

    /// <summary>The property; null where nothing of the line can be kept.</summary>
    internal CalendarProperty? Parse(ReadOnlySpan<char> line, int number)
    {
        var end = line.IndexOfAny(':', ';');
        if (end < 0)
        {
            mends.Add(number, "The line has no colon", "it was left out");
            return null;
        }
        if (Name(line[..end], number) is not { } name)
            return null;

        var rest = line[end..];
        var parameters = rest[0] == ';' ? Parameters(ref rest, number) : [];
        if (rest.IsEmpty)
        {
            mends.Add(number, "The line has no colon behind its parameters", "it was left out");
            return null;
        }

        var property = CalendarProperty.Trusted(name, SafeCharacters.OneLineOfText(rest[1..]), parameters);
        if (!KnownName.IsText(name) || TextValue.FindWrongEscape(property.Value) < 0 || property.Parameter("VALUE") is { } type && !IsText(type))
            return property;

        mends.Add(number, "There is a backslash that escapes nothing", "it was taken as it stands");
        return CalendarProperty.Trusted(name, TextValue.MendEscapes(property.Value), parameters);
    }

    private static bool IsText(string type) => type.Equals("TEXT", StringComparison.OrdinalIgnoreCase);

    private string? Name(ReadOnlySpan<char> name, int number)
    {
        if (CalendarName.IsName(name))
            return _names.Of(name);

        var trimmed = name.Trim();
        if (CalendarName.IsName(trimmed))
        {
            mends.Add(number, "There is white space around the name", "it was dropped");
            return _names.Of(trimmed);
        }
        if (!trimmed.IsEmpty && trimmed.Length < 100)
        {
            var mended = trimmed.ToString().Replace('_', '-').Replace('.', '-');
            if (CalendarName.IsName(mended))
            {
                mends.Add(number, "The name holds a character that names don't", "it was taken for a hyphen");
                return _names.Of(mended);
            }
        }
        mends.Add(number, "The line does not begin with a name", "it was left out");
        return null;
    }

    // From the first semicolon; what is left in the end begins with the colon, or is empty.
    private ImmutableArray<CalendarParameter> Parameters(ref ReadOnlySpan<char> rest, int number)
    {
        _parameters.Clear();
        while (!rest.IsEmpty && rest[0] == ';')
        {
            rest = rest[1..];
            var equals = rest.IndexOfAny('=', ':', ';');
            if (equals < 0)
            {
                rest = default;
                break;
            }
            if (rest[equals] != '=')
            {
                mends.Add(number, "A parameter has no value", "it was left out");
                rest = rest[equals..];
                continue;
            }

            var length = equals + 1 + ValuesLength(rest[(equals + 1)..], out var isPlain);
            var raw = rest[..length];
            rest = rest[length..];
            if (isPlain && _kept.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(raw, out var known))
            {
                Count(known.Values.Length, number);
                _parameters.Add(known);
                continue;
            }

            var name = raw[..equals].Trim();
            if (!CalendarName.IsName(name) || name.Length != equals)
            {
                mends.Add(number, "The name of a parameter is none", CalendarName.IsName(name) ? "white space around it was dropped" : "it was left out");
                if (!CalendarName.IsName(name))
                    continue;
            }
            var parameter = CalendarParameter.Trusted(_names.Of(name), Values(raw[(equals + 1)..], number));
            if (isPlain && length <= LongestParameterKept && _kept.Count < MostParametersKept && name.Length == equals)
                _kept.Add(raw.ToString(), parameter);
            _parameters.Add(parameter);
        }
        return [.. _parameters];
    }

    // Up to the colon or semicolon that ends the parameter: the first outside quotation marks. One without its partner quotes nothing.
    private static int ValuesLength(ReadOnlySpan<char> text, out bool isPlain)
    {
        isPlain = true;
        var at = 0;
        while (true)
        {
            var next = text[at..].IndexOfAny(":;\"");
            if (next < 0)
                return text.Length;
            at += next;
            if (text[at] != '"')
                return at;

            isPlain = false;
            var closing = text[(at + 1)..].IndexOf('"');
            if (closing < 0)
            {
                var end = text[at..].IndexOfAny(':', ';');
                return end < 0 ? text.Length : at + end;
            }
            at += closing + 2;
        }
    }

    private ImmutableArray<string> Values(ReadOnlySpan<char> text, int number)
    {
        _values.Clear();
        while (true)
        {
            var length = 0;
            while (length < text.Length && text[length] != ',')
            {
                var closing = text[length] == '"' ? text[(length + 1)..].IndexOf('"') : -1;
                length += closing + 2;
                if (closing < 0 && text[length - 1] == '"')
                    mends.Add(number, "A quotation mark has no partner", "it was taken as it stands");
            }
            _values.Add(Decoded(text[..length], number));
            if (length == text.Length)
                break;
            text = text[(length + 1)..];
        }
        Count(_values.Count, number);
        return [.. _values];
    }

    private string Decoded(ReadOnlySpan<char> value, int number)
    {
        if (value is ['"', .. var inner, '"'] && !inner.Contains('"'))
            return SafeCharacters.Clean(ParameterValue.Decode(inner));
        if (value.Contains('"'))
            mends.Add(number, "There is a quotation mark inside the value of a parameter", "it was taken as it stands");
        return SafeCharacters.Clean(ParameterValue.Decode(value));
    }

    private void Count(int values, int number)
    {
        _valueCount += values;
        if (_valueCount > options.MaxParameterValues)
            throw new CalendarSyntaxException(number, $"The calendar has more than {options.MaxParameterValues} values of parameters.");
    }
}
