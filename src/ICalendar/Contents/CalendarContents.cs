using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>What a VCALENDAR says: its items with their values read, its zones, and what could not be understood.</summary>
/// <remarks>
/// What import, feeds, replies and free/busy work with. Nothing here throws at what others wrote: a value that cannot be understood is
/// left out and told in <see cref="Problems"/>. Immutable; equality is identity.
/// </remarks>
public sealed class CalendarContents
{
    private CalendarContents(CalendarComponent calendar) => Calendar = calendar;

    /// <summary>The component that was read, with everything in it.</summary>
    public CalendarComponent Calendar { get; }

    /// <summary>METHOD, what the sender asks for; null for a file or a feed, and for a method of no RFC (see <see cref="MethodName"/>).</summary>
    public ItipMethod? Method { get; private init; }

    /// <summary>METHOD as it was written, in upper case; null when there is none.</summary>
    public string? MethodName { get; private init; }

    /// <summary>NAME or X-WR-CALNAME; null for none.</summary>
    public string? Name { get; private init; }

    /// <summary>VEVENTs, VTODOs and VJOURNALs in order.</summary>
    public ImmutableArray<CalendarItem> Items { get; private init; } = [];

    /// <summary>VFREEBUSYs in order.</summary>
    public ImmutableArray<FreeBusyReport> FreeBusy { get; private init; } = [];

    /// <summary>VAVAILABILITYs in order.</summary>
    public ImmutableArray<AvailabilityRules> Availability { get; private init; } = [];

    /// <summary>The zones that its times name.</summary>
    public required CalendarZones Zones { get; init; }

    /// <summary>What could not be understood, in order; empty when all was.</summary>
    public ImmutableArray<ContentProblem> Problems { get; private init; } = [];

    /// <summary>Reads a VCALENDAR.</summary>
    /// <param name="calendar">One of <see cref="CalendarReading.Calendars"/>, or any component that holds others.</param>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    public static CalendarContents Of(CalendarComponent calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var problems = new List<ContentProblem>();
        var zones = CalendarZones.Of(calendar, problems);
        var (items, freeBusy, availability) =
            (new List<CalendarItem>(), new List<FreeBusyReport>(), new List<AvailabilityRules>());
        foreach (var component in calendar.Components)
        {
            var values = new ComponentValues(component, zones, problems);
            switch (component.Name)
            {
                case "VEVENT":
                    items.Add(ItemReader.Read(ItemKind.Event, values));
                    break;
                case "VTODO":
                    items.Add(ItemReader.Read(ItemKind.Todo, values));
                    break;
                case "VJOURNAL":
                    items.Add(ItemReader.Read(ItemKind.Journal, values));
                    break;
                case "VFREEBUSY":
                    freeBusy.Add(ItemReader.ReadFreeBusy(values));
                    break;
                case "VAVAILABILITY":
                    availability.Add(ItemReader.ReadAvailability(values));
                    break;
            }
        }

        var own = new ComponentValues(calendar, zones, problems);
        var method = own.Word("METHOD");
        return new CalendarContents(calendar)
        {
            Method = method is { } && Enum.TryParse<ItipMethod>(method, ignoreCase: true, out var known)
                && known.ToString().Equals(method, StringComparison.OrdinalIgnoreCase) ? known : null,
            MethodName = method,
            Name = own.Text("NAME") ?? own.Text("X-WR-CALNAME"),
            Items = [.. items],
            FreeBusy = [.. freeBusy],
            Availability = [.. availability],
            Zones = zones,
            Problems = [.. problems],
        };
    }

    /// <summary>The instant that a time of this calendar means.</summary>
    /// <param name="time">The time; a date is its first moment.</param>
    /// <param name="elsewhere">The zone for dates, for floating times, and for times of a zone that is unknown, where the calendar has no
    /// X-WR-TIMEZONE of its own.</param>
    /// <returns>The instant. A wall time that happens twice is the first, one that is skipped is read with the offset before
    /// (RFC 5545 §3.3.5).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="elsewhere"/> is null.</exception>
    public Instant ToInstant(CalendarTime time, DateTimeZone elsewhere) => Zones.ToInstant(time, elsewhere);
}
