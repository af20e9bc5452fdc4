using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Sets my weekly hours and focus time.
public sealed class ChangeAvailability(Store store, IClock clock)
{
    public sealed record Request
    {
        /// Null: it stays.
        public DateTimeZone? Zone { get; init; }

        /// Whether WeeklyHours is meant (null then means: as if I had never set any; none: never open).
        public bool ChangeWeeklyHours { get; init; }
        public IReadOnlyList<WeeklyRange>? WeeklyHours { get; init; }

        /// Null: it stays.
        public IReadOnlyList<WeeklyRange>? FocusTime { get; init; }
    }

    public Task<Outcome<MyAvailability>> Handle(Actor actor, Request request) => store.Write<MyAvailability>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        var account = (await AccountRows.Hold(tx, actor.Id))!;
        await Revisions.Hold(tx, [actor.Id]);
        var before = await Picture(tx, actor.Id, account.Timezone);
        if (request.Zone is { } zone)
            await AccountRows.SetZone(tx, actor.Id, zone.Id);
        if (request.ChangeWeeklyHours)
            await AvailabilityRows.ReplaceWeekly(tx, actor.Id, request.WeeklyHours is null ? null : [.. request.WeeklyHours.Select(Row)], now);
        if (request.FocusTime is not null)
            await AvailabilityRows.ReplaceFocusTime(tx, actor.Id, request.FocusTime.Select(Row), now);
        var (old, after) = Trail.Difference(before, await Picture(tx, actor.Id, request.Zone?.Id ?? account.Timezone));
        if (old.Count > 0)
            await tx.Note(actor, now, Trail.Account("availability.changed", actor.Id, old, after));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return await MyAvailability.Read(tx, actor.Id, request.Zone ?? Schedules.Zone(account.Timezone), now);
    });

    /// The week as the audit tells it, a line for each range.
    private static async Task<Dictionary<string, object?>> Picture(Tx tx, long person, string? zone)
    {
        var weekly = await AvailabilityRows.Of(tx, person, AvailabilityRows.Weekly);
        var slots = await AvailabilityRows.Of(tx, person, AvailabilityRows.Slot);
        return Trail.Values(("timezone", zone), ("weekly_hours", Lines(weekly)), ("focus_time", Lines(slots.Where(s => s.IsFocusTime))));
    }

    private static string Lines(IEnumerable<AvailabilityRows.Rule> rules) =>
        string.Join("; ", rules.Select(r => $"{(IsoDayOfWeek)(r.DayOfWeek!.Value + 1)} {r.LocalStart}–{r.LocalEnd}{(r.IsActive == 1 || r.IsFocusTime ? "" : " closed")}"));

    private static (long, string, string) Row(WeeklyRange range) => (range.DayOfWeek, range.StartTime, range.EndTime);
}
