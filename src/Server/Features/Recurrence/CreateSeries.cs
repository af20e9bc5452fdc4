using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Books a meeting that repeats: every occurrence up to the horizon is checked for everybody, and all are booked or none.
public sealed class CreateSeries(Store store, IClock clock, MeetingMail mail, Settings settings, Figures figures)
{
    /// <param name="Meeting">The first occurrence; its status is not asked for: a series takes place.</param>
    public sealed record Request(CreateMeeting.Request Meeting, Repetition Repetition, SeriesConflict Conflict);

    public Task<Outcome<MeetingDetail>> Handle(Actor actor, Request request) =>
        Book(actor, request).Counted(figures, Counting.Series, m => m.SkippedParticipants is { Count: > 0 });

    private async Task<Outcome<MeetingDetail>> Book(Actor actor, Request request)
    {
        var (meeting, repetition) = (request.Meeting, request.Repetition);
        var now = clock.GetCurrentInstant();
        var given = MeetingRules.CheckTimes(meeting.Start.In(meeting.Zone), meeting.End.In(meeting.Zone), now, meeting.RefusePast || settings.RefusePastStarts);
        if (!given.Is(out var first, out var refusal))
            return refusal;
        var start = Wall(first.Start, meeting.Zone);
        var horizon = Repetition.Horizon(now, first.Start, meeting.Zone, settings.SeriesHorizonMonths);
        if (!repetition.Expand(start, meeting.Zone, horizon).Is(out var expanded, out refusal))
            return refusal;
        var (occurrences, goesOn) = expanded;
        if (occurrences.Count == 0)
            return Repetition.Never();
        var warnings = new List<string>();
        if (occurrences[0].Start != first.Start)
            warnings.Add($"start_time does not match the recurrence: the first meeting is on {occurrences[0].Wall.Date:uuuu-MM-dd}");
        // What stands in people's calendars begins with a meeting that takes place (RFC 5545 §3.8.5.3); the rule goes on from it as before.
        var rule = repetition.RuleFrom(start, meeting.Zone);
        start = occurrences[0].Wall;
        var invitees = meeting.Participants.Where(i => i.Email != actor.Email).ToList();
        if (invitees.Count < meeting.Participants.Count)
            warnings.Add(CreateMeeting.HostNeedsNoInvitation(actor.Email));
        if (Repetition.TooManyPlaces(occurrences.Count, invitees.Count + 1) is { } tooMany)
            return tooMany;
        TimeRange[] times = [.. occurrences.Select(o => new TimeRange(o.Start, o.Start + first.Length))];

        return await store.Write<MeetingDetail>(async tx =>
        {
            // load
            var people = await PeopleRows.Invite(tx, [.. invitees.Select(i => (i.Email, i.Name ?? ""))], now);
            var asked = invitees.ToDictionary(i => people[i.Email].Id);
            await Revisions.Hold(tx, [actor.Id, .. asked.Keys]);
            var busy = await BusyTimes.Overlapping(tx, [actor.Id, .. asked.Keys], new TimeRange(times[0].Start, times[^1].End), actor.Id);

            // decide
            var names = asked.ToDictionary(a => a.Key, a => (a.Value.Email, a.Value.Name ?? people[a.Value.Email].Name));
            names[actor.Id] = (actor.Email, actor.Name);
            var report = new Report(busy, names, times);
            BusyTime[] taken = [.. busy.Select(b => b.Busy)];
            if (!SeriesDesk.Seat(times, [.. asked.Keys], taken, meeting.Policy, request.Conflict).Is(out var seating, out var no))
                return no is Refusal.PeopleBusy all ? report.Refuse(all) : no;
            // The host's own clashes are told and never stop anything.
            var hosts = SeriesDesk.Seat(times, [actor.Id], taken, ConflictPolicy.Allow, SeriesConflict.Dates).Answer!.Clashes;
            if (times[0].Start < now)
                warnings.Add("start_time is in the past");

            // save
            var lead = meeting.WithReminder ? meeting.ReminderMinutes ?? Words.ReminderMinutes(actor.ReminderMinutes, settings.ReminderMinutes) : null;
            var definition = new SeriesRows.Definition(
                rule.ToString(), repetition.Added, repetition.Dropped, meeting.Zone, start, first.Length, meeting.Title, meeting.Description, meeting.Location,
                lead, SeriesWords.Of(meeting.Policy, request.Conflict), goesOn ? horizon : null);
            var uuid = Guid.CreateVersion7().ToString();
            var id = await SeriesRows.Add(tx, uuid, actor.Id, definition, now);
            var roles = asked.ToDictionary(a => a.Key, a => (a.Value.Name ?? "", a.Value.Role(Words.Attendee)));
            await SeriesRows.Invite(tx, id, asked.Keys.Except(seating.Skipped).Select(p => (p, roles[p].Item1, roles[p].Item2)));
            await OccurrenceRows.Add(tx, id, definition, actor.Id, New(occurrences, times, seating, lead, now), roles, now);
            await Revisions.Bump(tx, [actor.Id, .. asked.Keys.Except(seating.Skipped)], first.Length);

            var entries = await EntryRows.OfSeries(tx, id);
            var of = (await ParticipantRows.Of(tx, entries.Select(e => e.Id))).ToLookup(g => g.EntryId);
            IReadOnlyList<ParticipantRows.Participant> guests = [.. of[entries[0].Id]];
            await tx.Note(actor, now, [.. entries.Select(e => Trail.Meeting(AuditRows.Created, e.Uuid, null, SeriesTrail.New(e, definition.Rule, of[e.Id])))]);
            await SeriesMail.Invite(tx, mail, (await SeriesRows.Find(tx, id))!, entries, now);

            // say
            return new MeetingDetail(entries[0], guests, [], actor, now)
            {
                OccurrenceCount = entries.Count,
                SkippedParticipants = report.Skipped(seating, times),
                HasConflicts = seating.Clashes.Count > 0,
                Conflicts = report.Conflicts(seating.Clashes),
                HostConflicts = hosts.TryGetValue(actor.Id, out var own) ? report.Of(actor.Id, own) : [],
                Warnings = warnings,
                Message = Sentence(entries.Count, goesOn, asked.Count - seating.Skipped.Count, seating.Skipped.Count, seating.SkippedAt.Count),
            };
        });
    }

    internal static LocalDateTime Wall(Instant instant, DateTimeZone zone) => instant.InZone(zone).LocalDateTime.With(TimeAdjusters.TruncateToSecond);

    internal static OccurrenceRows.New[] New(IReadOnlyList<Occurrence> occurrences, IReadOnlyList<TimeRange> times, SeriesSeating seating, int? lead, Instant now) =>
    [
        .. occurrences.Select((o, i) => new OccurrenceRows.New(
            Guid.CreateVersion7().ToString(), o.Wall, times[i],
            MeetingRules.RemindAt(times[i].Start, lead is { } minutes ? Duration.FromMinutes(minutes) : null, now, MeetingStatus.Scheduled), seating.Seated[i])),
    ];

    private static string Sentence(int count, bool goesOn, int invited, int skipped, int partly)
    {
        var text = $"{count} meetings created{(goesOn ? ", and more as time goes on" : "")}";
        if (invited > 0)
            text += $"; {(invited == 1 ? "1 participant" : $"{invited} participants")} invited";
        if (skipped > 0)
            text += $", {skipped} skipped because of scheduling conflicts";
        if (partly > 0)
            text += $", {partly} left out of single dates";
        return text + ".";
    }
}
