using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>One property of a component: a name, parameters and a value as it stands on the content line (RFC 5545 §3.1, §3.5).</summary>
/// <remarks>
/// A property is always one line: whatever it is made from, it holds no line break and no other control character than a tab, and its
/// text is well-formed UTF-16. Unknown and <c>X-</c> properties are properties like any other. Immutable; two properties are equal when
/// name, value and parameters are, by ordinal comparison and in order.
/// </remarks>
public sealed record CalendarProperty
{
    /// <summary>Makes a property from a value already in the form of its value type; text goes through <see cref="Text"/>.</summary>
    /// <param name="name">Letters, digits and hyphens, at least one; kept in upper case.</param>
    /// <param name="value">The value as written on the line, escaped where its type asks for it; may be empty.
    /// Lone surrogates become U+FFFD.</param>
    /// <param name="parameters">The parameters, in the order to be written.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no iCalendar name, a parameter is null, or
    /// <paramref name="value"/> holds a line break or a control character other than a tab.</exception>
    public CalendarProperty(string name, string value, params ReadOnlySpan<CalendarParameter> parameters)
    {
        Name = CalendarName.Checked(name);
        Value = SafeCharacters.OneLine(value);
        foreach (var parameter in parameters)
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
        Parameters = [.. parameters];
    }

    private CalendarProperty(string name, string value, ImmutableArray<CalendarParameter> parameters) =>
        (Name, Value, Parameters) = (name, value, parameters);

    /// <summary>The name in upper case; never empty.</summary>
    public string Name { get; }

    /// <summary>The value as written on the line, before folding; may be empty.</summary>
    public string Value { get; }

    /// <summary>The parameters in order; often empty.</summary>
    public ImmutableArray<CalendarParameter> Parameters { get; }

    /// <summary>A property of type TEXT (RFC 5545 §3.3.11), escaped by <see cref="TextValue.Escape"/>.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="text">Any text, line breaks included; may be empty.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no iCalendar name or <paramref name="text"/> is null.</exception>
    public static CalendarProperty Text(string name, string text) => new(name, TextValue.Escape(text));

    /// <summary>A DATE-TIME property in UTC, form 2 (RFC 5545 §3.3.5), cut to the whole second.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="instant">From 0001-01-02 to before 9999-12-31, UTC.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no iCalendar name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="instant"/> is out of range.</exception>
    public static CalendarProperty Utc(string name, Instant instant) => new(name, ValueText.Utc(WritableTime.Checked(instant)));

    /// <summary>The first value of the parameter with this name; null where there is none.</summary>
    /// <param name="name">The name in upper case.</param>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
                return parameter.Values[0];
        }
        return null;
    }

    /// <summary>A property whose name and value the reader has checked.</summary>
    internal static CalendarProperty Trusted(string name, string value, ImmutableArray<CalendarParameter> parameters) =>
        new(name, value, parameters);

    /// <inheritdoc/>
    public bool Equals(CalendarProperty? other) =>
        other is not null && Name == other.Name && Value == other.Value && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value, Parameters.Length);
}
