using System.Text;

namespace Convene.ICalendar;

/// <summary>A field such as <c>text/calendar; method=REPLY; charset="utf-8"</c>: a value and parameters (RFC 2045 §5.1, RFC 2231).</summary>
internal sealed class MailParameters
{
    // Mail programs write up to five.
    private const int Most = 50;

    private readonly Dictionary<string, string> parameters = new(StringComparer.OrdinalIgnoreCase);

    private MailParameters(string value) => Value = value;

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    internal string Value { get; }

    internal string? this[string name] => parameters.GetValueOrDefault(name);

    internal static MailParameters Read(string? field)
    {
        var rest = (field ?? "").AsSpan();
        var result = new MailParameters(Token(ref rest).Trim().ToString().ToLowerInvariant());
        // Of a long parameter its pieces: name*0, name*1*, …
        var pieces = new SortedDictionary<(string Name, int Number), (string Text, bool Encoded)>(
            Comparer<(string Name, int Number)>.Create((a, b) => StringComparer.OrdinalIgnoreCase.Compare(a.Name, b.Name) is not 0 and var byName ? byName : a.Number.CompareTo(b.Number)));
        for (var count = 0; count < Most && !rest.IsEmpty; count++)
        {
            rest = rest[1..];
            var parameter = Token(ref rest);
            var equals = parameter.IndexOf('=');
            if (equals <= 0)
                continue;
            var name = parameter[..equals].Trim().ToString();
            var value = Unquoted(parameter[(equals + 1)..].Trim());
            if (name.Split('*') is [var plain, .. var marks] && marks.Length > 0)
            {
                var numbered = int.TryParse(marks[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
                pieces.TryAdd((plain, numbered ? number : 0), (value, marks[^1].Length == 0));
            }
            else
            {
                result.parameters.TryAdd(name, EncodedWords.Decode(value));
            }
        }

        foreach (var long_ in pieces.GroupBy(p => p.Key.Name, StringComparer.OrdinalIgnoreCase))
            result.parameters[long_.Key] = Joined([.. long_.Select(p => p.Value)]);
        return result;
    }

    /// <summary>Up to the next semicolon that is neither quoted nor in a comment; comments are left out.</summary>
    private static ReadOnlySpan<char> Token(ref ReadOnlySpan<char> rest)
    {
        var (quoted, depth) = (false, 0);
        StringBuilder? kept = null;
        var i = 0;
        for (; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c == '\\' && (quoted || depth > 0) && i + 1 < rest.Length)
            {
                if (depth == 0)
                    kept?.Append(c).Append(rest[i + 1]);
                i++;
                continue;
            }

            if (c == '"' && depth == 0)
                quoted = !quoted;
            if (!quoted && c == ';' && depth == 0)
                break;
            if (!quoted && c == '(')
            {
                kept ??= new StringBuilder().Append(rest[..i]);
                depth++;
            }
            else if (!quoted && c == ')' && depth > 0)
            {
                depth--;
            }
            else if (depth == 0)
            {
                kept?.Append(c);
            }
        }

        var token = kept is null ? rest[..i] : kept.ToString();
        rest = rest[i..];
        return token;
    }

    private static string Unquoted(ReadOnlySpan<char> value)
    {
        if (value is not ['"', .. var inner])
            return value.ToString();
        if (inner is [.. var body, '"'])
            inner = body;
        if (!inner.Contains('\\'))
            return inner.ToString();
        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
            text.Append(inner[i] == '\\' && i + 1 < inner.Length ? inner[++i] : inner[i]);
        return text.ToString();
    }

    /// <summary>RFC 2231: the first piece begins with <c>charset'language'</c> if it is encoded.</summary>
    private static string Joined(List<(string Text, bool Encoded)> pieces)
    {
        var charset = "utf-8";
        if (pieces[0] is { Encoded: true, Text: var first } && first.Split('\'', 3) is [var named, _, var behind])
        {
            charset = named;
            pieces[0] = (behind, true);
        }

        using var bytes = new MemoryStream();
        foreach (var (text, encoded) in pieces)
        {
            var octets = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < octets.Length; i++)
            {
                if (encoded && octets[i] == '%' && i + 2 < octets.Length && Hexadecimal.TryRead(octets[i + 1], octets[i + 2], out var octet))
                {
                    bytes.WriteByte(octet);
                    i += 2;
                }
                else
                {
                    bytes.WriteByte(octets[i]);
                }
            }
        }

        return MailCharset.Decode(bytes.ToArray(), charset);
    }
}
