using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Changes all that is to come of a series, or all from one date on: then these become a series of their own. What is over stays as it was;
/// an occurrence that was given other words, another place or another time by itself keeps them, unless the series repeats differently.
public sealed class ChangeSeries(Store store, IClock clock, MeetingMail mail, Settings settings)
{
    /// <param name="Change">As for one meeting; its start and end say how the one that was asked through moves, and the others move like it.</param>
    /// <param name="Repetition">Null: it repeats as before.</param>
    public sealed record Request(UpdateMeeting.Request Change, Repetition? Repetition, SeriesConflict Conflict, Scope Scope);

    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id, Request request) => store.Write<MeetingDetail>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        var change = request.Change;
        if (!(await Part.Hold(tx, id, actor, request.Scope, change.Seen, "Only the meeting organiser can edit it.", hostOnly: false, now)).Is(out var part, out var refusal))
            return refusal;
        var wanted = change.Participants?.Where(i => i.Email != part.From.OrganizerEmail).ToDictionary(i => i.Email, StringComparer.Ordinal);
        var plan = SeriesPlan.Of(part, request, now, settings);
        if (!plan.Is(out var planned, out refusal))
            return refusal;
        var invited = wanted is null ? new Dictionary<string, PeopleRows.Person>(StringComparer.Ordinal) : await PeopleRows.Invite(tx, [.. wanted.Values.Select(i => (i.Email, i.Name ?? ""))], now);
        long[] people = [.. (await OccurrenceRows.People(tx, part.Series.Id)).Union(invited.Values.Select(p => p.Id))];
        if (Repetition.TooManyPlaces(planned.Count, people.Length) is { } tooMany)
            return tooMany;
        await Revisions.Hold(tx, people);
        var guests = (await ParticipantRows.Of(tx, part.Affected.Select(e => e.Id))).ToLookup(g => g.EntryId);
        var seats = new SeriesSeats(part, planned, guests, wanted, invited);
        if (!Rights.IsHost(actor, part.From) && seats.ChangesCohosts)
            return new Refusals.NotAllowed("Only the meeting organiser can change roles.");
        var busy = await BusyTimes.Overlapping(tx, people, planned.Window, actor.Id);

        // decide
        var names = seats.Names;
        names[part.From.OrganizerId] = (part.From.OrganizerEmail, part.From.OrganizerName);
        var report = new Report(busy, names, planned.Times);
        if (!seats.Decide([.. busy.Select(b => b.Busy)], change.Policy, request.Conflict).Is(out var seating, out var no))
            return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;

        // save
        var series = await Save(tx, actor, part, planned, seating, seats, guests, change, now);
        await Revisions.Bump(tx, people, planned.Length);
        await Tell(tx, part, planned, seating, seats, series, now);

        // say
        var shown = (await EntryRows.Visible(tx, id, actor.Id)) ?? (await EntryRows.OfSeries(tx, series.Id))[0];
        var warnings = change.Start is not null && planned.Window.Start < now ? ["start_time is in the past"] : new List<string>();
        return new MeetingDetail(shown, await ParticipantRows.Of(tx, shown.Id), await AttachmentRows.Of(tx, shown.Id), actor, now)
        {
            OccurrenceCount = planned.Count,
            SkippedParticipants = report.Skipped(seating.Report, planned.Times),
            HasConflicts = seating.Report.Clashes.Count > 0,
            Conflicts = report.Conflicts(seating.Report.Clashes),
            HostConflicts = report.Of(part.From.OrganizerId, [.. busy.Where(b => b.PersonId == part.From.OrganizerId && !seats.Own.Contains(b.EntryId) && planned.Times.Any(t => t.Overlaps(b.Busy.Range))).Select(b => b.Busy)]),
            Warnings = warnings,
            Message = planned.Count == 1 ? "1 meeting updated." : $"{planned.Count} meetings updated.",
        };
    });

    private static async Task<SeriesRows.Row> Save(
        Tx tx, Actor actor, Part part, SeriesPlan plan, SeriesSeats.Decision seating, SeriesSeats seats, ILookup<long, ParticipantRows.Participant> guests,
        UpdateMeeting.Request change, Instant now)
    {
        // A part that is changed becomes a series of its own: one rule can't say both.
        var id = part.Series.Id;
        if (plan.Splits)
        {
            await SeriesEnd.Cut(tx, part, now);
            id = await SeriesRows.Add(tx, Guid.CreateVersion7().ToString(), part.Series.OrganizerId, plan.Definition, now);
            await SeriesRows.Invite(tx, id, (await SeriesRows.People(tx, part.Series.Id)).Select(p => (p.PersonId, p.Name, p.Role)));
        }
        else
        {
            await SeriesRows.Update(tx, id, plan.Definition, Math.Max(part.Series.Sequence, part.All.Max(e => e.Sequence)) + 1, now);
        }

        var series = (await SeriesRows.Find(tx, id))!;
        await SeriesRows.Uninvite(tx, id, seats.Removed);
        await SeriesRows.Uninvite(tx, id, seating.Joined);
        await SeriesRows.Invite(tx, id, seating.Joined.Select(p => (p, seats.Roles[p].Name, seats.Roles[p].Role)));

        await OccurrenceRows.Delete(tx, plan.Gone.Select(e => e.Id));
        foreach (var person in seats.Renamed)
            await OccurrenceRows.Rename(tx, id, plan.Kept.Select(k => k.Entry.Id), person, seats.Roles[person].Name, seats.Roles[person].Role);
        await OccurrenceRows.Change(tx, id, plan.Definition, [.. plan.Kept.Select(k => k.Row)], plan.Added.Select(a => a.Wall), plan.Splits ? 0 : series.Sequence, now);
        await OccurrenceRows.Seat(tx, [.. plan.Kept.Select((k, i) => new OccurrenceRows.Seats(k.Entry.Id, k.Row.When, seating.Leaving[i], seating.Joining[i]))], seats.Roles, part.Series.OrganizerId, now);
        await OccurrenceRows.Add(tx, id, plan.Definition, part.Series.OrganizerId, plan.New(seating.New, now), seats.Roles, now);
        if (plan.Added.Count > 0 && !plan.Splits)
            await OccurrenceRows.Supersede(tx, id, series.Sequence);
        await Note(tx, actor, plan, guests, series, change.Reason, now);
        return series;
    }

    private static async Task Note(
        Tx tx, Actor actor, SeriesPlan plan, ILookup<long, ParticipantRows.Participant> guests, SeriesRows.Row series, string reason, Instant now)
    {
        var entries = (await EntryRows.OfSeries(tx, series.Id)).ToDictionary(e => e.Id);
        var after = (await ParticipantRows.Of(tx, entries.Keys)).ToLookup(g => g.EntryId);
        var kept = plan.Kept.Select(k => k.Entry).ToDictionary(e => e.Id);
        await tx.Note(
            actor, now,
            [
                .. plan.Gone.Select(e => Trail.Meeting("meeting.deleted", e.Uuid, Trail.Picture(e, guests[e.Id]), null, reason)),
                .. kept.Values.SelectMany(e => MeetingTrail.Changes(e, [.. guests[e.Id]], entries[e.Id], [.. after[e.Id]], reason)),
            ]);
    }

    private async Task Tell(Tx tx, Part part, SeriesPlan plan, SeriesSeats.Decision seating, SeriesSeats seats, SeriesRows.Row series, Instant now)
    {
        var entries = (await EntryRows.OfSeries(tx, series.Id)).Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled).ToList();
        var before = new MeetingTerms(
            part.Series.Title, part.Series.Description, part.Series.Location, part.From.StartAt, part.From.EndAt, part.From.Timezone);
        if (plan.Splits)
        {
            await SeriesMail.Tell(tx, mail, Letter.Update, (await SeriesRows.Find(tx, part.Series.Id))!, [.. part.Earlier.Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled)], _ => true, now);
            await SeriesMail.Tell(tx, mail, Letter.Invitation, series, entries, _ => true, now);
            return;
        }

        var joined = seating.Joined.ToHashSet();
        await SeriesMail.Tell(tx, mail, Letter.Invitation, series, entries, joined.Contains, now);
        await SeriesMail.Tell(tx, mail, Letter.Update, series, entries, p => !joined.Contains(p), now, before);
        await mail.TellSeries(
            tx, Letter.Cancellation, series, entries, [], seats.Leavers(seating).Where(g => g.Answer != Answer.Declined), now);
    }
}
