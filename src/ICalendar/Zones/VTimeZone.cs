using NodaTime;

namespace Convene.ICalendar;

/// <summary>Time zones as VTIMEZONE components (RFC 5545 §3.6.5).</summary>
public static class VTimeZone
{
    // After 28 years the weekdays fall on the same dates again: by then a yearly rule has shown every date it can name.
    private const int YearsToKnowARule = 28;

    private const int DaysInYear = 366;

    /// <summary>The zone's offsets for a span of time, as its tzdb rules give them.</summary>
    /// <param name="zone">The zone; its id becomes the TZID. UTC needs no VTIMEZONE, but gets a right one here too.</param>
    /// <param name="from">The start of the span, in it; not before 0001-01-02, UTC.</param>
    /// <param name="to">The end of the span, in it; not before <paramref name="from"/>, and before 9999-12-31, UTC.</param>
    /// <returns>
    /// A VTIMEZONE that gives the right offset for every instant from <paramref name="from"/> through <paramref name="to"/>. Where from
    /// some year on the zone changes twice a year by the same rules, the rules are written without an end; other changes are written one
    /// by one, through a year after <paramref name="to"/>, so that a client that moves a meeting by some months still finds the offset.
    /// DAYLIGHT is the clock set ahead, also where the law calls that the standard and winter the exception (Europe/Dublin).
    /// </returns>
    /// <remarks>Takes time in proportion to the years from <paramref name="from"/> to <paramref name="to"/>, and 28 more.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An instant is out of range, or <paramref name="to"/> is before
    /// <paramref name="from"/>.</exception>
    public static CalendarComponent For(DateTimeZone zone, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(zone);
        WritableTime.Checked(from);
        WritableTime.Checked(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);

        var (end, horizon) = (Later(to, DaysInYear), Later(to, YearsToKnowARule * DaysInYear));
        var observances = Observance.Between(zone, from, horizon);
        var (ruled, rules) = YearlyRule.AtTheEndOf(observances, horizon);
        if (ruled < observances.Count && observances[ruled].Interval.Start > end)
            (ruled, rules) = (observances.Count, []);
        var single = observances.Take(ruled).TakeWhile((observance, index) => index == 0 || observance.Interval.Start <= end);

        return new CalendarComponent(
            "VTIMEZONE",
            [CalendarProperty.Text("TZID", zone.Id), CalendarProperty.Text("X-LIC-LOCATION", zone.Id)],
            [.. single.Select(observance => observance.ToComponent()), .. rules.SelectMany(rule => rule.Components())]);
    }

    /// <summary>The zone that a VTIMEZONE describes, whatever its name says.</summary>
    /// <param name="zone">The VTIMEZONE; its TZID becomes the id.</param>
    /// <returns>
    /// A zone by the observances: their onsets, RDATEs and yearly rules, these from 1900 to 2100. Before the first onset the offset is the
    /// one that it changes from. Null where no observance can be understood.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public static DateTimeZone? Read(CalendarComponent zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var tzid = zone.Properties.FirstOrDefault(property => property.Name == "TZID");
        return FileZone.Of(tzid is null ? "" : TextValue.Unescape(tzid.Value).Trim(), zone);
    }

    private static Instant Later(Instant instant, int days) =>
        instant < WritableTime.End - Duration.FromDays(days) ? instant + Duration.FromDays(days) : WritableTime.End;
}
