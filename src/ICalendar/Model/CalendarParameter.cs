using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>One parameter of a property, such as <c>CN</c> or <c>TZID</c>, with its decoded values (RFC 5545 §3.2).</summary>
/// <remarks>
/// Values are plain text of any length and content, empty included: quoting and the RFC 6868 encoding belong to
/// <see cref="ParameterValue"/> and happen when the line is written. Immutable; two parameters are equal when the names and all values are,
/// by ordinal comparison and in order.
/// </remarks>
public sealed record CalendarParameter
{
    /// <summary>Makes a parameter from its name and at least one value.</summary>
    /// <param name="name">Letters, digits and hyphens, at least one; kept in upper case.</param>
    /// <param name="values">The decoded values, in the order to be written; one or more.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no iCalendar name, there is no value, or one is null.</exception>
    public CalendarParameter(string name, params ReadOnlySpan<string> values)
    {
        Name = CalendarName.Checked(name);
        if (values.IsEmpty || values.Contains(null))
            throw new ArgumentException("A parameter has one or more values, none of them null.", nameof(values));
        Values = [.. values];
    }

    private CalendarParameter(string name, ImmutableArray<string> values) => (Name, Values) = (name, values);

    /// <summary>The name in upper case; never empty.</summary>
    public string Name { get; }

    /// <summary>The decoded values; never empty.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>A parameter whose name and values the reader has checked.</summary>
    internal static CalendarParameter Trusted(string name, ImmutableArray<string> values) => new(name, values);

    /// <inheritdoc/>
    public bool Equals(CalendarParameter? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Length, Values[0]);
}
