using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Changes a meeting: what is null stays. Participants, if given, become exactly the ones given (by address; answers of those who stay are kept).
/// A meeting never clashes with itself.
public sealed class UpdateMeeting(Store store, IClock clock, MeetingMail mail, Settings settings, Figures figures)
{
    public sealed record Request
    {
        public string? Title { get; init; }
        public string? Description { get; init; }
        public string? Location { get; init; }
        public GivenTime? Start { get; init; }
        public GivenTime? End { get; init; }
        public DateTimeZone? Zone { get; init; }
        public MeetingStatus? Status { get; init; }
        public IReadOnlyList<Invitee>? Participants { get; init; }
        /// Null: as BookingDesk.Reseat says.
        public ConflictPolicy? Policy { get; init; }

        /// Whether ReminderMinutes is meant (null then means none).
        public bool ChangeReminder { get; init; }
        public int? ReminderMinutes { get; init; }
        public bool RefusePast { get; init; }

        public SeenVersions? Seen { get; init; }

        /// Why it moves; for its history.
        public string Reason { get; init; } = "";

        /// Whether the end moves with the start if only that is given.
        public bool KeepLength { get; init; }

        /// Whether the participants name the organizer too, and have to.
        public bool OrganizerIsNamed { get; init; }

        /// As in CreateMeeting.
        public bool EverybodyIsFree { get; init; }
        public bool WithinHours { get; init; }
    }

    public sealed record OrganizerRemoved : Refusal;

    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id, Request request) =>
        store.Write(tx => Change(tx, actor, id, request)).Counted(figures, Counting.Change, m => m.SkippedParticipants is { Count: > 0 });

    internal async Task<Outcome<MeetingDetail>> Change(Tx tx, Actor actor, string id, Request request)
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the meeting organiser can edit it.");
        if (request.Seen?.Misses(meeting) == true)
            return new Refusals.Outdated(new MeetingDetail(meeting, guests, await AttachmentRows.Of(tx, meeting.Id), actor, now));
        // Who has no address can't be named.
        if (request.OrganizerIsNamed && meeting.OrganizerEmail.Length > 0 && request.Participants!.All(i => i.Email != meeting.OrganizerEmail))
            return new OrganizerRemoved();
        var wanted = request.Participants?.Where(i => i.Email != meeting.OrganizerEmail).ToDictionary(i => i.Email, StringComparer.Ordinal);
        if (!Rights.IsHost(actor, meeting) && wanted is not null && !SameCohosts(guests, wanted))
            return new Refusals.NotAllowed("Only the meeting organiser can change roles.");

        var zone = request.Zone ?? Calendars.Zone(meeting.Timezone);
        var times = MeetingRules.CheckTimes(
            request.Start?.In(zone) ?? meeting.StartAt,
            request.End?.In(zone) ?? (request is { KeepLength: true, Start: { } moved } ? moved.In(zone) + meeting.When.Length : meeting.EndAt), now,
            request.Start is not null && (request.RefusePast || settings.RefusePastStarts));
        if (!times.Is(out var when, out var wrongTimes))
            return wrongTimes;

        var status = request.Status ?? Words.Status(meeting.Status);
        var kept = guests.Where(g => wanted?.ContainsKey(g.Email) ?? true).ToList();
        var removed = guests.Except(kept).ToList();
        var added = await PeopleRows.Invite(
            tx, [.. (wanted?.Values.ToArray() ?? []).Where(i => guests.All(g => g.Email != i.Email)).Select(i => (i.Email, i.Name ?? ""))], now);

        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId), .. added.Values.Select(p => p.Id)];
        await Revisions.Hold(tx, everybody);
        var on = status == MeetingStatus.Scheduled;
        var busy = on ? await BusyTimes.Overlapping(tx, everybody, when, actor.Id) : [];
        if (request.WithinHours && on)
            busy = [.. busy, .. await BusyTimes.OutsideHours(tx, everybody, when, actor.Id)];

        // decide
        var names = Names(guests, wanted, added);
        names[meeting.OrganizerId] = (meeting.OrganizerEmail, meeting.OrganizerName);
        var report = new Report(busy, names);
        var held = Words.Status(meeting.Status) == MeetingStatus.Scheduled ? meeting.When : (TimeRange?)null;
        long[] staying = [.. kept.Where(g => MeetingRules.HoldsTime(status, g.Answer)).Select(g => g.PersonId)];
        long[] joining = [.. added.Values.Select(p => p.Id)];
        if (request.EverybodyIsFree && !BookingDesk.Reseat(when, held, [.. staying, meeting.OrganizerId], joining, [.. busy.Select(b => b.Busy)], ConflictPolicy.Reject, meeting.Id).Is(out _, out var unfree))
            return unfree is Refusal.PeopleBusy all ? report.Refuse(all) : unfree;
        if (!BookingDesk.Reseat(when, held, staying, joining, [.. busy.Select(b => b.Busy)], request.Policy, meeting.Id).Is(out var seating, out var no))
            return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;
        var droppedOut = kept.Where(g => seating.Skipped.Contains(g.PersonId)).ToList();
        kept = [.. kept.Except(droppedOut)];
        removed.AddRange(droppedOut);

        // save
        var before = MeetingMail.Terms(meeting);
        var terms = new MeetingTerms(
            request.Title ?? meeting.Title, request.Description ?? meeting.Description, request.Location ?? meeting.Location, when.Start, when.End, zone.Id);
        var changed = terms with { Timezone = before.Timezone } != before;
        var lead = request.ChangeReminder ? request.ReminderMinutes : (int?)meeting.ReminderMinutes;
        var remindAt = MeetingRules.RemindAt(when.Start, lead is { } minutes ? Duration.FromMinutes(minutes) : null, now, status);
        // RFC 5546 §2.1.4: what a CANCEL tells is newer than what it takes back, also if it tells only those who are taken off.
        var significant = changed || removed.Count > 0 || status != Words.Status(meeting.Status);
        await EntryRows.Update(
            tx, meeting.Id, terms.Title, terms.Description, terms.Location, status, new EntryRows.Times(when, zone), lead, remindAt,
            meeting.Sequence + (significant ? 1 : 0), now);
        if (when != meeting.When)
            await EntryRows.MarkMoved(tx, meeting.Id, meeting.When, when);
        await ParticipantRows.Remove(tx, removed.Select(g => g.Id));
        await ParticipantRows.Add(
            tx, meeting.Id,
            added.Values.Where(p => seating.Seated.Contains(p.Id)).Select(p => (p.Id, wanted![p.Email!].Name ?? "", wanted[p.Email!].Role(Words.Attendee))),
            now);
        foreach (var (guest, given) in kept.Where(_ => wanted is not null).Select(g => (g, wanted![g.Email])))
        {
            if ((given.Name ?? guest.Name) != guest.Name || given.Role(guest.Role) != guest.Role)
                await ParticipantRows.Change(tx, guest.Id, given.Name ?? guest.Name, given.Role(guest.Role));
        }

        var entry = (await EntryRows.Find(tx, meeting.Id))!;
        var after = await ParticipantRows.Of(tx, meeting.Id);
        var holders = on ? [entry.OrganizerId, .. after.Where(g => MeetingRules.HoldsTime(status, g.Answer)).Select(g => g.PersonId)] : Array.Empty<long>();
        await BusyTimes.Replace(tx, meeting.Id, when, holders);
        await Revisions.Bump(tx, everybody, when.Length);
        await tx.Note(actor, now, [.. MeetingTrail.Changes(meeting, guests, entry, after, request.Reason)]);
        await Tell(tx, meeting, entry, after, [.. added.Values.Select(p => p.Id)], removed, changed ? before : null, now);

        // say
        var warnings = new List<string>();
        if (request.Start is not null && when.Start < now)
            warnings.Add("start_time is in the past");
        if (request.Participants?.Any(i => i.Email == meeting.OrganizerEmail) == true)
            warnings.Add(CreateMeeting.HostNeedsNoInvitation(meeting.OrganizerEmail));
        return new MeetingDetail(entry, after, await AttachmentRows.Of(tx, meeting.Id), actor, now)
        {
            SkippedParticipants = report.Skipped(seating),
            HasConflicts = seating.Clashes.Count > 0,
            Conflicts = report.Conflicts(seating.Clashes),
            HostConflicts = report.Of(meeting.OrganizerId, except: meeting.Id),
            Warnings = warnings,
            Message = seating.Skipped.Count == 0
                ? "Meeting updated."
                : $"Meeting updated; {seating.Skipped.Count} skipped because of scheduling conflicts.",
        };
    }

    private async Task Tell(
        Tx tx, EntryRows.Entry old, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests, HashSet<long> added,
        List<ParticipantRows.Participant> removed, MeetingTerms? before, Instant now)
    {
        var wasOn = Words.Status(old.Status) == MeetingStatus.Scheduled;
        var isOn = Words.Status(meeting.Status) == MeetingStatus.Scheduled;
        var coming = guests.Where(g => g.Answer != Answer.Declined).ToList();
        if (wasOn && removed.Count > 0)
            await mail.Tell(tx, Letter.Cancellation, meeting, guests, removed.Where(g => g.Answer != Answer.Declined), now);
        if (wasOn && Words.Status(meeting.Status) == MeetingStatus.Cancelled)
            await mail.Tell(tx, Letter.Cancellation, meeting, guests, coming, now);
        if (!isOn)
            return;

        // Everybody who has not heard of it as it is now: newcomers, and after a revival all.
        var newcomers = coming.Where(g => !wasOn || added.Contains(g.PersonId)).ToList();
        await mail.Tell(tx, Letter.Invitation, meeting, guests, newcomers, now);
        if (before is not null)
            await mail.Tell(tx, Letter.Update, meeting, guests, coming.Except(newcomers), now, before);
    }

    /// Roles are the host's to give and take: nobody becomes a cohost, stops being one, or is taken off as one.
    private static bool SameCohosts(IReadOnlyList<ParticipantRows.Participant> guests, Dictionary<string, Invitee> wanted)
    {
        var before = guests.Where(g => g.IsCohost).Select(g => g.Email);
        var roles = guests.DistinctBy(g => g.Email).ToDictionary(g => g.Email, g => g.Role, StringComparer.Ordinal);
        var after = wanted.Values.Where(w => w.Role(roles.GetValueOrDefault(w.Email, Words.Attendee)) == Words.Cohost).Select(w => w.Email);
        return before.ToHashSet(StringComparer.Ordinal).SetEquals(after);
    }

    private static Dictionary<long, (string Email, string Name)> Names(
        IReadOnlyList<ParticipantRows.Participant> guests, Dictionary<string, Invitee>? wanted, IReadOnlyDictionary<string, PeopleRows.Person> added)
    {
        var names = guests.ToDictionary(g => g.PersonId, g => (g.Email, g.Name));
        foreach (var person in added.Values)
            names[person.Id] = (person.Email!, wanted![person.Email!].Name ?? person.Name);
        return names;
    }
}
