using System.Buffers;

namespace Convene.ICalendar;

/// <summary>The values of parameters (RFC 5545 §3.2), with the encoding of RFC 6868.</summary>
public static class ParameterValue
{
    private static readonly SearchValues<char> Special = SearchValues.Create("^\"\n:;,");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(":;,");

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
}
