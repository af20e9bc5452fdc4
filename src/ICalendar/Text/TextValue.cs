using System.Buffers;
using System.Text;

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

    /// <summary>The text of a value as it stands on a content line.</summary>
    /// <param name="value">The value; may be empty.</param>
    /// <returns>The text, with <c>\n</c> and <c>\N</c> as line breaks. A backslash before a colon or a quotation mark is dropped;
    /// one that escapes nothing else either stands for itself.</returns>
    public static string Unescape(ReadOnlySpan<char> value)
    {
        var escape = value.IndexOf('\\');
        if (escape < 0)
            return value.ToString();

        var text = new StringBuilder(value.Length);
        while (escape >= 0 && escape + 1 < value.Length)
        {
            text.Append(value[..escape]);
            text.Append(value[escape + 1] switch
            {
                'n' or 'N' => "\n",
                '\\' => "\\",
                ';' => ";",
                ',' => ",",
                // Not RFC 5545's, but what those who escape too much mean.
                ':' => ":",
                '"' => "\"",
                _ => "\\",
            });
            value = value[(escape + (IsEscaped(value[escape + 1]) || value[escape + 1] is ':' or '"' ? 2 : 1))..];
            escape = value.IndexOf('\\');
        }
        return text.Append(value).ToString();
    }

    /// <summary>The texts of a list, such as CATEGORIES: separated by commas that are not escaped; one or more.</summary>
    /// <param name="value">The value as it stands on a content line; may be empty.</param>
    public static IReadOnlyList<string> UnescapeList(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var texts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == ',')
            {
                texts.Add(Unescape(value.AsSpan(start, i - start)));
                start = i + 1;
            }
        }
        texts.Add(Unescape(value.AsSpan(start)));
        return texts;
    }

    /// <summary>Where the first backslash is that escapes nothing; -1 where there is none.</summary>
    internal static int FindWrongEscape(string value)
    {
        for (var i = value.IndexOf('\\', StringComparison.Ordinal); i >= 0; i = value.IndexOf('\\', i))
        {
            if (i + 1 == value.Length || !IsEscaped(value[i + 1]))
                return i;
            i += 2;
            if (i >= value.Length)
                break;
        }
        return -1;
    }

    /// <summary>The same text, escaped as it should be.</summary>
    internal static string MendEscapes(string value)
    {
        var mended = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
                mended.Append(value[i]);
            else if (i + 1 < value.Length && IsEscaped(value[i + 1]))
                mended.Append(value[i]).Append(value[++i]);
            else if (i + 1 == value.Length || value[i + 1] is not (':' or '"'))
                mended.Append(@"\\");
        }
        return mended.ToString();
    }

    private static bool IsEscaped(char c) => c is '\\' or ';' or ',' or 'n' or 'N';
}
