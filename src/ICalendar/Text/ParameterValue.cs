using System.Buffers;
using System.Text;

namespace Convene.ICalendar;

/// <summary>The values of parameters (RFC 5545 §3.2), with the encoding of RFC 6868.</summary>
public static class ParameterValue
{
    private static readonly SearchValues<char> Special = SearchValues.Create("^\"\n:;,");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(":;,");

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['^', '"', ':', ';', ','])]);

    /// <summary>Whether <see cref="Encode"/> leaves the value as it is.</summary>
    internal static bool IsPlain(string value) => !value.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>A value as it stands on a content line: <c>^</c>, <c>"</c> and line breaks written <c>^^</c>, <c>^'</c> and <c>^n</c>,
    /// the whole in quotation marks when it holds a colon, a semicolon or a comma.</summary>
    /// <param name="value">Any text, of any length; may be empty.</param>
    /// <returns>One line. Line breaks, control characters and lone surrogates are treated as in <see cref="TextValue.Escape"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static string Encode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var clean = SafeCharacters.Clean(value);
        if (!clean.AsSpan().ContainsAny(Special))
            return clean;

        var encoded = clean
            .Replace("^", "^^", StringComparison.Ordinal)
            .Replace("\"", "^'", StringComparison.Ordinal)
            .Replace("\n", "^n", StringComparison.Ordinal);
        return encoded.AsSpan().ContainsAny(Quoted) ? $"\"{encoded}\"" : encoded;
    }

    /// <summary>The text of a value without its quotation marks: <c>^^</c>, <c>^'</c> and <c>^n</c> decoded (RFC 6868 §3).</summary>
    /// <param name="value">The value as it stands on the line, its quotation marks taken off.</param>
    /// <returns>The text. A circumflex before anything else stands for itself.</returns>
    public static string Decode(ReadOnlySpan<char> value)
    {
        if (!value.Contains('^'))
            return value.ToString();

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var decoded = value[i] != '^' || i + 1 == value.Length ? '\0' : value[i + 1] switch
            {
                'n' or 'N' => '\n',
                '\'' => '"',
                '^' => '^',
                _ => '\0',
            };
            text.Append(decoded == '\0' ? value[i] : decoded);
            if (decoded != '\0')
                i++;
        }
        return text.ToString();
    }
}
