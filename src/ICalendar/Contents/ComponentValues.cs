using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>The values of a component by the names of their properties; what is wrong with them goes into the list of problems.</summary>
internal sealed class ComponentValues(CalendarComponent component, CalendarZones zones, List<ContentProblem> problems)
{
    // One bit for each name that is there, shared by some: most of what is asked for is not there, and need not be looked for.
    private readonly ulong _there = There(component);

    internal CalendarComponent Component => component;

    internal string? Uid { get; } = First(component, "UID")?.Value.Trim() is { Length: > 0 } uid ? TextValue.Unescape(uid) : null;

    internal ComponentValues Inner(CalendarComponent inner) => new(inner, zones, problems);

    internal CalendarProperty? First(string name) => (_there & Bit(name)) == 0 ? null : First(component, name);

    internal IEnumerable<CalendarProperty> All(string name)
    {
        foreach (var property in component.Properties)
        {
            if (property.Name == name)
                yield return property;
        }
    }

    /// <summary>The text of the first such property that has any.</summary>
    internal string? Text(string name) =>
        First(name) is { Value.Length: > 0 } property ? TextValue.Unescape(property.Value) : null;

    internal ImmutableArray<string> Texts(string name) =>
        First(name) is null ? [] : [.. All(name).Where(p => p.Value.Length > 0).Select(p => TextValue.Unescape(p.Value))];

    internal ImmutableArray<string> TextLists(string name) =>
        First(name) is null ? [] : [.. All(name).SelectMany(p => TextValue.UnescapeList(p.Value)).Where(text => text.Length > 0)];

    /// <summary>A value that is one word, in upper case.</summary>
    internal string? Word(string name) =>
        First(name)?.Value.Trim() is { Length: > 0 } word ? word.ToUpperInvariant() : null;

    internal ImmutableArray<string> Lines(string name) =>
        First(name) is null ? [] : [.. All(name).Select(p => p.Value.Trim()).Where(value => value.Length > 0)];

    /// <summary>A number from zero on.</summary>
    internal int Number(string name, int most)
    {
        if (First(name) is not { } property)
            return 0;
        // Some write "1.0" or "+1".
        if (int.TryParse(property.Value.Trim(), out var number) && number >= 0 && number <= most)
            return number;
        Problem(name, $"The value is no number from 0 to {most}");
        return 0;
    }

    internal CalendarTime? Time(string name)
    {
        if (First(name) is not { } property)
            return null;
        if (CalendarTime.TryParse(property.Value, CalendarZones.TzidOf(property), out var time))
            return time;
        Problem(name, "The value is no date and no time");
        return null;
    }

    internal Instant? Utc(string name) =>
        // These are in UTC. Who forgets the Z, or gives a TZID, means something close.
        Time(name) is { } time ? zones.ToInstant(time, DateTimeZone.Utc) : null;

    internal ImmutableArray<CalendarTime> Times(string name)
    {
        if (First(name) is null)
            return [];
        var times = ImmutableArray.CreateBuilder<CalendarTime>();
        foreach (var (property, range) in Parts(name))
        {
            if (CalendarTime.TryParse(property.Value.AsSpan(range), CalendarZones.TzidOf(property), out var time))
                times.Add(time);
            else
                Problem(name, "A value is no date and no time");
        }
        return times.DrainToImmutable();
    }

    internal ImmutableArray<CalendarPeriod> Periods(string name)
    {
        if (First(name) is null)
            return [];
        var periods = ImmutableArray.CreateBuilder<CalendarPeriod>();
        foreach (var (property, range) in Parts(name))
        {
            if (CalendarPeriod.TryParse(property.Value.AsSpan(range), CalendarZones.TzidOf(property), out var period))
                periods.Add(period);
            else
                Problem(name, "A value is no date, no time and no period");
        }
        return periods.DrainToImmutable();
    }

    internal ImmutableArray<BusyPeriod> BusyPeriods()
    {
        var periods = ImmutableArray.CreateBuilder<BusyPeriod>();
        foreach (var (property, range) in Parts("FREEBUSY"))
        {
            if (CalendarPeriod.TryParse(property.Value.AsSpan(range), CalendarZones.TzidOf(property), out var period)
                && (period.End is not null || period.Length is not null))
                periods.Add(new BusyPeriod(period, property.Parameter("FBTYPE")?.Trim().ToUpperInvariant() ?? "BUSY"));
            else
                Problem("FREEBUSY", "A value is no period");
        }
        return periods.DrainToImmutable();
    }

    internal CalendarDuration? Length(string name)
    {
        if (First(name) is not { } property)
            return null;
        if (CalendarDuration.TryParse(property.Value, out var duration))
            return duration;
        Problem(name, "The value is no duration");
        return null;
    }

    internal CalendarParty? Party(string name) => First(name) is { } property ? CalendarParty.Of(property) : null;

    internal ImmutableArray<CalendarParty> Parties(string name) => First(name) is null ? [] : [.. All(name).Select(CalendarParty.Of)];

    internal void Problem(string property, string what) =>
        problems.Add(new ContentProblem(component.Name, Uid, property, what + "."));

    private static ulong There(CalendarComponent component)
    {
        var there = 0UL;
        foreach (var property in component.Properties)
            there |= Bit(property.Name);
        return there;
    }

    private static ulong Bit(string name) => 1UL << (name[0] + 7 * name[^1] + 31 * name.Length);

    // Static, so that Uid can be read before anything else.
    private static CalendarProperty? First(CalendarComponent component, string name)
    {
        foreach (var property in component.Properties)
        {
            if (property.Name == name)
                return property;
        }
        return null;
    }

    // The parts between commas of every such property; an empty one (Apple writes "RDATE:") is none.
    private IEnumerable<(CalendarProperty Property, Range Range)> Parts(string name)
    {
        foreach (var property in All(name))
        {
            for (var start = 0; start <= property.Value.Length;)
            {
                var comma = property.Value.IndexOf(',', start);
                var end = comma < 0 ? property.Value.Length : comma;
                if (!property.Value.AsSpan(start, end - start).IsWhiteSpace())
                    yield return (property, start..end);
                start = end + 1;
            }
        }
    }
}
