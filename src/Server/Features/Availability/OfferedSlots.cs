using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Weekly slots in which somebody can be booked, by meeting type (system 4). A slot of the type focus time blocks instead.
public sealed class OfferedSlots(Store store, IClock clock)
{
    private const int Most = 500;
    private static readonly Duration Ahead = Duration.FromDays(92);

    /// <summary>A weekly slot as its owner set it.</summary>
    public sealed record Wanted(long DayOfWeek, string StartTime, string EndTime, long MeetingType, bool IsActive)
    {
        /// From midnight to midnight is a whole day; at any other time it is a slip.
        public bool IsEmpty => StartTime == EndTime && StartTime != "00:00:00";
    }

    /// <param name="Start">When it is next, as an instant: other zones have other days and times.</param>
    public sealed record Slot(long Id, long Owner, long MeetingType, long DayOfWeek, string StartTime, string EndTime, bool IsActive, bool IsFocusTime, Instant Start, Instant End);

    public sealed record Booked(string MeetingId, string Title, string Description, Instant Start, Instant End, long? AttendeeId, string? AttendeeUsername);

    public sealed record Offer(long Owner, IReadOnlyList<Slot> Slots, IReadOnlyList<Booked> Meetings, IReadOnlyList<ReadFreeBusy.Stretch> Busy)
    {
        /// Whether the owner does not show the asker when they are busy.
        public bool IsHidden { get; init; }
    }

    /// <param name="user">Null: the asker. Of others the meetings are not told, only when they are.</param>
    public Task<Outcome<Offer>> Read(Actor actor, long? user) => store.Read<Outcome<Offer>>(async tx =>
    {
        var owner = user ?? actor.Id;
        if (await PeopleRows.ById(tx, [owner]) is not [var person])
            return new Refusals.NotFound();
        var now = clock.GetCurrentInstant();
        var slots = (await AvailabilityRows.Of(tx, owner, AvailabilityRows.Slot)).Select(r => Of(r, Schedules.Zone(person.Timezone), now));
        if (owner != actor.Id)
        {
            // Slots are offered to be booked; what of them is taken is told only to whom it may be.
            if ((await Visibility.Hidden(tx, [(owner, person.FreeBusy)], actor.Id)).Count > 0)
                return new Offer(owner, [.. slots.Where(s => s is { IsActive: true, IsFocusTime: false })], [], []) { IsHidden = true };
            var busy = TimeRanges.Of((await BusyTimes.Entries(tx, [owner], new TimeRange(now, now + Ahead), actor.Id)).Select(b => b.Busy.Range));
            return new Offer(owner, [.. slots.Where(s => s is { IsActive: true, IsFocusTime: false })], [], [.. busy.Ranges.Select(r => new ReadFreeBusy.Stretch(r.Start, r.End))]);
        }

        var meetings = await EntryRows.Upcoming(tx, owner, now, Most);
        var guests = (await ParticipantRows.Of(tx, meetings.Select(m => m.Id))).ToLookup(g => g.EntryId);
        var names = await AccountRows.Usernames(tx, guests.SelectMany(g => g).Select(g => g.PersonId));
        return new Offer(owner, [.. slots], [.. meetings.Select(m => Of(m, guests[m.Id].FirstOrDefault(), names))], []);
    });

    /// Adds slots: each by itself, so the good ones are kept when others are wrong.
    public Task<Outcome<Slot[]>> Add(Actor actor, IReadOnlyList<Wanted> wanted) => store.Write<Slot[]>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        if ((await AvailabilityRows.Of(tx, actor.Id, AvailabilityRows.Slot)).Count + wanted.Count > Most)
            return new Refusals.Invalid("availabilities", $"At most {Most} weekly slots are kept. Withdraw some first.");
        var added = new List<Slot>();
        foreach (var slot in wanted)
        {
            var id = await AvailabilityRows.Add(tx, actor.Id, Rule(slot), now);
            added.Add(Of((await AvailabilityRows.Find(tx, id, actor.Id))!, actor.Zone, now));
        }

        await tx.Note(actor, now, [.. wanted.Select(w => Trail.Account("availability.changed", actor.Id, null, Trail.Picture(Rule(w))))]);
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return added.ToArray();
    });

    /// <param name="change">Made from what is there.</param>
    public Task<Outcome<Slot>> Change(Actor actor, long id, Func<Wanted, Wanted> change) => store.Write<Slot>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        if (await AvailabilityRows.Find(tx, id, actor.Id) is not { Kind: AvailabilityRows.Slot } there)
            return new Refusals.NotFound();
        var wanted = change(new Wanted(there.DayOfWeek!.Value, there.LocalStart, there.LocalEnd, there.MeetingTypeId!.Value, there.IsActive == 1));
        if (wanted.IsEmpty)
            return new Refusals.Invalid("end_time", "End time must be after start time.");
        var rule = Rule(wanted);
        await AvailabilityRows.Update(tx, id, rule, now);
        await tx.Note(actor, now, Trail.Account("availability.changed", actor.Id, Trail.Picture(there), Trail.Picture(rule)));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return Of((await AvailabilityRows.Find(tx, id, actor.Id))!, actor.Zone, now);
    });

    public Task<Outcome<bool>> Delete(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        await Revisions.Hold(tx, [actor.Id]);
        if (await AvailabilityRows.Find(tx, id, actor.Id) is not { Kind: AvailabilityRows.Slot } there)
            return new Refusals.NotFound();
        await AvailabilityRows.Delete(tx, id);
        await tx.Note(actor, clock.GetCurrentInstant(), Trail.Account("availability.changed", actor.Id, Trail.Picture(there), null));
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        return true;
    });

    private static AvailabilityRows.Rule Rule(Wanted slot) => new()
    {
        Kind = AvailabilityRows.Slot,
        DayOfWeek = slot.DayOfWeek,
        LocalStart = slot.StartTime,
        LocalEnd = slot.EndTime,
        MeetingTypeId = slot.MeetingType,
        IsActive = slot.IsActive && slot.MeetingType != MeetingTypeRows.FocusTime ? 1 : 0,
    };

    private static Slot Of(AvailabilityRows.Rule rule, DateTimeZone zone, Instant now)
    {
        var today = now.InZone(zone).Date;
        var day = today.PlusDays((int)((rule.DayOfWeek!.Value + 1 - (int)today.DayOfWeek + 7) % 7));
        var (start, end) = (Schedules.Clock(rule.LocalStart), Schedules.Clock(rule.LocalEnd));
        return new Slot(
            rule.Id, rule.PersonId, rule.MeetingTypeId!.Value, rule.DayOfWeek.Value, rule.LocalStart, rule.LocalEnd, rule.IsActive == 1, rule.IsFocusTime,
            LocalTimes.ToInstant(day + start, zone, LocalTimes.Rfc5545), LocalTimes.ToInstant((end <= start ? day.PlusDays(1) : day) + end, zone, LocalTimes.Rfc5545));
    }

    private static Booked Of(EntryRows.Entry meeting, ParticipantRows.Participant? attendee, IReadOnlyDictionary<long, string> names) => new(
        meeting.Uuid, meeting.Title, meeting.Description, meeting.StartAt, meeting.EndAt, attendee?.PersonId,
        attendee is null ? null : names.GetValueOrDefault(attendee.PersonId, attendee.Email));
}
