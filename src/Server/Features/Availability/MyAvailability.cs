using Convene.Scheduling.Availability;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// <summary>When I can be met: my own rules.</summary>
public sealed record MyAvailability
{
    // What find-slots assumes of people who have set nothing (system 2).
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    public required long UserId { get; init; }

    /// <summary>IANA zone on whose clocks all of this is.</summary>
    public required string Timezone { get; init; }

    /// <summary>True if I have set no weekly hours: the ones here are assumed when slots are searched.</summary>
    public required bool IsDefault { get; init; }
    public required IReadOnlyList<WeeklyRange> WeeklyHours { get; init; }

    /// <summary>Weekly time in which nothing can be booked.</summary>
    public required IReadOnlyList<WeeklyRange> FocusTime { get; init; }

    /// <summary>Weekly slots by meeting type, as /meetings/availability sets them.</summary>
    public required IReadOnlyList<TypedSlot> Slots { get; init; }

    /// <summary>Single dates and absences that are not over.</summary>
    public required IReadOnlyList<Override> Overrides { get; init; }

    internal static async Task<MyAvailability> Read(Tx tx, long person, DateTimeZone zone, Instant now)
    {
        var weekly = await AvailabilityRows.Of(tx, person, AvailabilityRows.Weekly);
        var slots = await AvailabilityRows.Of(tx, person, AvailabilityRows.Slot);
        var dated = await AvailabilityRows.Dated(tx, person, now.InZone(zone).Date, null);
        return new MyAvailability
        {
            UserId = person,
            Timezone = zone.Id,
            IsDefault = weekly.Count == 0,
            WeeklyHours = weekly.Count == 0
                ? [.. Enumerable.Range(0, 7).Select(d => new WeeklyRange(d, Schedules.Text(NineToFive.Start), Schedules.Text(NineToFive.End)))]
                : [.. weekly.Where(w => w.IsActive == 1).Select(WeeklyRange.Of)],
            FocusTime = [.. slots.Where(s => s.IsFocusTime).Select(WeeklyRange.Of)],
            Slots = [.. slots.Where(s => !s.IsFocusTime).Select(s => new TypedSlot(s.Id, s.MeetingTypeId!.Value, s.IsActive == 1, s.DayOfWeek!.Value, s.LocalStart, s.LocalEnd))],
            Overrides = [.. dated.Select(d => new Override(d))],
        };
    }
}

/// <summary>Hours of a day of the week.</summary>
/// <param name="DayOfWeek">0 is Monday.</param>
/// <param name="EndTime">At or before the start: on the next day.</param>
public record WeeklyRange(long DayOfWeek, string StartTime, string EndTime)
{
    internal static WeeklyRange Of(AvailabilityRows.Rule rule) => new(rule.DayOfWeek!.Value, rule.LocalStart, rule.LocalEnd);
}

/// <summary>Weekly hours for meetings of a type.</summary>
public sealed record TypedSlot(long Id, long MeetingType, bool IsActive, long DayOfWeek, string StartTime, string EndTime)
    : WeeklyRange(DayOfWeek, StartTime, EndTime);
