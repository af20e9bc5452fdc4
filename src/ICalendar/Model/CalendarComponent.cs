using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>A component, such as <c>VCALENDAR</c> or <c>VEVENT</c>: properties and the components inside it (RFC 5545 §3.6).</summary>
/// <remarks>
/// The model does not know which properties a component must have: it keeps everything, in order, known or not. Immutable; two components
/// are equal when name, properties and components are, in order.
/// </remarks>
public sealed record CalendarComponent
{
    /// <summary>Makes a component.</summary>
    /// <param name="name">Letters, digits and hyphens, at least one; kept in upper case.</param>
    /// <param name="properties">The properties in the order to be written; may be empty.</param>
    /// <param name="components">The components inside, in the order to be written; none when left out.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no iCalendar name, or an element is null.</exception>
    public CalendarComponent(
        string name, ImmutableArray<CalendarProperty> properties, ImmutableArray<CalendarComponent> components = default)
    {
        Name = CalendarName.Checked(name);
        Properties = properties.IsDefault ? [] : properties;
        Components = components.IsDefault ? [] : components;
        foreach (var property in Properties)
            ArgumentNullException.ThrowIfNull(property, nameof(properties));
        foreach (var component in Components)
            ArgumentNullException.ThrowIfNull(component, nameof(components));
    }

    /// <summary>The name in upper case; never empty.</summary>
    public string Name { get; }

    /// <summary>The properties in order; may be empty.</summary>
    public ImmutableArray<CalendarProperty> Properties { get; }

    /// <summary>The components inside, in order; may be empty.</summary>
    public ImmutableArray<CalendarComponent> Components { get; }

    /// <inheritdoc/>
    public bool Equals(CalendarComponent? other) =>
        other is not null && Name == other.Name
        && Properties.SequenceEqual(other.Properties) && Components.SequenceEqual(other.Components);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Properties.Length, Components.Length);
}
