using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Makes a meeting longer. What its host has right behind it is pushed, on the same day and within their hours, if everybody there can; else nothing moves.
public sealed class ExtendMeeting(Store store, IClock clock, MeetingMail mail)
{
    public sealed record Request(GivenTime NewEnd, string Reason);

    /// <summary>What moved.</summary>
    /// <param name="Moved">The meetings that were pushed.</param>
    public sealed record Result(MeetingItem Meeting, IReadOnlyList<MeetingItem> Moved);

    public sealed record EndsNoLater : Refusal;

    /// Whose time stands against it, by address, and with what.
    public sealed record CannotPush(IReadOnlyDictionary<string, IReadOnlyList<Clash>> Conflicts) : Refusal;

    public Task<Outcome<Result>> Handle(Actor actor, string id, Request request) => store.Write<Result>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } seen)
            return new Refusals.NotFound();
        if (!Rights.IsHost(actor, seen))
            return new Refusals.NotAllowed("You do not have permission to extend this meeting.");
        var newEnd = request.NewEnd.In(actor.Zone);
        if (newEnd <= seen.EndAt)
            return new EndsNoLater();
        if (!MeetingRules.CheckTimes(seen.StartAt, newEnd, now, refusePast: false).Is(out var when, out var wrong))
            return wrong;

        // The day of the meeting's end on the host's clocks: nothing is pushed into another.
        var midnight = actor.Zone.AtStartOfDay(seen.EndAt.InZone(actor.Zone).Date.PlusDays(1)).ToInstant();
        var hosted = (await EntryRows.HoldHosted(tx, actor.Id, new TimeRange(seen.StartAt, Instant.Max(midnight, newEnd)))).ToList();
        if (hosted.Find(m => m.Id == seen.Id) is not { } meeting || meeting.When != seen.When)
            return await Again(tx, id, actor);
        var guests = (await ParticipantRows.Of(tx, hosted.Select(m => m.Id))).ToLookup(g => g.EntryId);
        var people = hosted.SelectMany(m => guests[m.Id]).Select(g => g.PersonId).Append(actor.Id).Distinct().ToArray();
        await Revisions.Hold(tx, people);
        var rules = (await Schedules.Of(tx, [(actor.Id, actor.Zone.Id)], meeting.When))[actor.Id];
        var busy = await BusyTimes.Overlapping(tx, people, new TimeRange(meeting.EndAt, Instant.Max(midnight, newEnd)), actor.Id);

        // decide. The host may stay beyond their own hours and into their own focus time; pushed meetings are kept out of both.
        var own = busy.ToLookup(b => b.EntryId == 0 && b.PersonId == actor.Id, b => b.Busy);
        var limit = Limit(rules, meeting.EndAt, midnight);
        var movable = hosted.Where(m => m.StartAt >= meeting.EndAt && m.StartAt < midnight).Select(m => Movable(m, guests[m.Id])).ToArray();
        if (!Extension.Plan(Movable(meeting, guests[meeting.Id]), newEnd, movable, [.. own[false]], [.. own[true]], limit).Is(out var plan, out var no))
        {
            var names = hosted.SelectMany(m => guests[m.Id]).DistinctBy(g => g.PersonId).ToDictionary(g => g.PersonId, g => (g.Email, g.Name));
            names[actor.Id] = (actor.Email, actor.Name);
            return no is Refusal.PeopleBusy taken ? new CannotPush(new Report(busy, names).Conflicts(taken.Clashes)) : no;
        }

        // save
        var moved = new List<MeetingItem>();
        var notes = new List<AuditRows.Note>();
        foreach (var change in plan)
        {
            var old = hosted.Single(m => m.Id == change.EntryId);
            var zone = Calendars.Zone(old.Timezone);
            var lead = old.ReminderMinutes is { } minutes ? Duration.FromMinutes(minutes) : (Duration?)null;
            await EntryRows.Move(tx, old.Id, new EntryRows.Times(change.Range, zone), MeetingRules.RemindAt(change.Range.Start, lead, now, MeetingStatus.Scheduled), now);
            await EntryRows.MarkMoved(tx, old.Id, old.When, change.Range);
            await BusyTimes.Replace(tx, old.Id, change.Range, change.People);
            var entry = (await EntryRows.Find(tx, old.Id))!;
            notes.AddRange(MeetingTrail.Changes(
                old, [.. guests[old.Id]], entry, [.. guests[old.Id]], old.Id == meeting.Id ? request.Reason : $"\"{meeting.Title}\" was extended."));
            await mail.Tell(tx, Letter.Update, entry, [.. guests[old.Id]], guests[old.Id].Where(g => g.Answer != Answer.Declined), now, MeetingMail.Terms(old));
            moved.Add(new MeetingItem(entry, [.. guests[old.Id]], actor));
        }

        await tx.Note(actor, now, notes);
        await Revisions.Bump(tx, people, plan.Max(m => m.Range.Length));
        return new Result(moved[0], [.. moved.Skip(1)]);
    });

    /// It was moved or called off between our look and our hold; if it is off, it can't be extended.
    private static async Task<Outcome<Result>> Again(Tx tx, string id, Actor actor) =>
        await EntryRows.Visible(tx, id, actor.Id) is { Status: "scheduled" } ? throw new OutdatedException() : new Refusals.Invalid("non_field_errors", "Only a scheduled meeting can be extended.");

    private static Instant Limit(Schedules.Rules rules, Instant end, Instant midnight)
    {
        var day = new TimeRange(end, midnight);
        var hours = rules.With(rules.Weekly ?? []).OpenHours(day).Ranges;
        return hours.IsEmpty ? midnight : Instant.Min(midnight, Instant.Max(hours[^1].End, end));
    }

    private static Movable Movable(EntryRows.Entry meeting, IEnumerable<ParticipantRows.Participant> guests) =>
        new(meeting.Id, meeting.When, [meeting.OrganizerId, .. guests.Where(g => g.Answer != Answer.Declined).Select(g => g.PersonId)]);
}
