using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>The last time that an occurrence may begin at.</summary>
/// <param name="At">The time, included; whole seconds, midnight for a date.</param>
/// <param name="Form">What <paramref name="At"/> is: a date, a wall time or a time in UTC.</param>
/// <remarks>Default value: the date 0001-01-01. Equality: by both parts.</remarks>
public readonly record struct Until(LocalDateTime At, UntilForm Form)
{
    /// <summary>Until a date, included.</summary>
    public static Until Of(LocalDate date) => new(date.AtMidnight(), UntilForm.Date);

    /// <summary>Until an instant, included.</summary>
    public static Until Of(Instant instant) => new(instant.InUtc().LocalDateTime, UntilForm.Utc);

    /// <summary>On the clocks of a zone, if it is in UTC; else, and at the ends of the calendar, as it is.</summary>
    public LocalDateTime In(DateTimeZone? zone) =>
        Form == UntilForm.Utc && zone is not null && At.Year is > 1 and < 9999 ? At.InUtc().ToInstant().InZone(zone).LocalDateTime : At;

    /// <summary>As RFC 5545 writes it: <c>20300131</c>, <c>20300131T090000</c> or <c>20300131T090000Z</c>.</summary>
    public override string ToString() => Form switch
    {
        UntilForm.Date => WallText.OfDate(At.Date),
        UntilForm.Wall => WallText.Of(At),
        _ => WallText.Of(At) + "Z",
    };
}
