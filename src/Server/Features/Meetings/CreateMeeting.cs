using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Books a meeting: people who are busy are left out and reported (or stop it, or are double-booked, as the policy says);
/// everybody else gets an invitation.
public sealed class CreateMeeting(Store store, IClock clock, MeetingMail mail, Settings settings)
{
    public sealed record Request(
        string Title,
        string Description,
        string Location,
        GivenTime Start,
        GivenTime End,
        DateTimeZone Zone,
        MeetingStatus Status,
        IReadOnlyList<Invitee> Participants,
        ConflictPolicy Policy,
        bool WithReminder = true,
        int? ReminderMinutes = null,
        bool RefusePast = false)
    {
        /// Whether the host has to be free as well; then nobody is skipped.
        public bool EverybodyIsFree { get; init; }

        /// Whether everybody has to be within the hours that they have set.
        public bool WithinHours { get; init; }

        public bool ParticipantsMayEdit { get; init; }
    }

    public async Task<Outcome<MeetingDetail>> Handle(Actor actor, Request request)
    {
        var now = clock.GetCurrentInstant();
        var times = MeetingRules.CheckTimes(
            request.Start.In(request.Zone), request.End.In(request.Zone), now, request.RefusePast || settings.RefusePastStarts);
        if (!times.Is(out var when, out var refusal))
            return refusal;

        return await store.Write<MeetingDetail>(async tx =>
        {
            // load
            var warnings = new List<string>();
            var invitees = WithoutHost(request.Participants, actor, warnings);
            var people = await PeopleRows.Invite(tx, [.. invitees.Select(i => (i.Email, i.Name ?? ""))], now);
            var asked = invitees.ToDictionary(i => people[i.Email].Id);
            await Revisions.Hold(tx, [actor.Id, .. asked.Keys]);
            var busy = request.Status == MeetingStatus.Scheduled ? await BusyTimes.Overlapping(tx, [actor.Id, .. asked.Keys], when, actor.Id) : [];
            if (request.WithinHours && request.Status == MeetingStatus.Scheduled)
                busy = [.. busy, .. await BusyTimes.OutsideHours(tx, [actor.Id, .. asked.Keys], when, actor.Id)];

            // decide
            var names = asked.ToDictionary(a => a.Key, a => (a.Value.Email, a.Value.Name ?? people[a.Value.Email].Name));
            names[actor.Id] = (actor.Email, actor.Name);
            var report = new Report(busy, names);
            if (request.EverybodyIsFree && !BookingDesk.Seat(when, [.. asked.Keys, actor.Id], [.. busy.Select(b => b.Busy)], ConflictPolicy.Reject).Is(out _, out var unfree))
                return unfree is Refusal.PeopleBusy all ? report.Refuse(all) : unfree;
            if (!BookingDesk.Seat(when, [.. asked.Keys], [.. busy.Select(b => b.Busy)], request.Policy).Is(out var seating, out var no))
                return no is Refusal.PeopleBusy taken ? report.Refuse(taken) : no;
            if (when.Start < now)
                warnings.Add("start_time is in the past");

            // save
            var uuid = Guid.CreateVersion7().ToString();
            var lead = request.WithReminder ? request.ReminderMinutes ?? Words.ReminderMinutes(actor.ReminderMinutes, settings.ReminderMinutes) : null;
            var remindAt = MeetingRules.RemindAt(when.Start, lead is { } minutes ? Duration.FromMinutes(minutes) : null, now, request.Status);
            var id = await EntryRows.Add(
                tx, uuid, actor.Id, request.Title, request.Description, request.Location, request.Status,
                new EntryRows.Times(when, request.Zone), lead, remindAt,
                meetingType: null, request.ParticipantsMayEdit, now);
            await ParticipantRows.Add(tx, id, seating.Seated.Select(p => (p, asked[p].Name ?? "", asked[p].Role(Words.Attendee))), now);
            if (request.Status == MeetingStatus.Scheduled)
                await BusyTimes.Add(tx, id, when, [actor.Id, .. seating.Seated]);
            await Revisions.Bump(tx, [actor.Id, .. seating.Seated], when.Length);

            var entry = (await EntryRows.Visible(tx, uuid, actor.Id))!;
            var guests = await ParticipantRows.Of(tx, id);
            await tx.Note(actor, now, Trail.Meeting(AuditRows.Created, uuid, null, Trail.Picture(entry, guests)));
            if (request.Status == MeetingStatus.Scheduled)
                await mail.Tell(tx, Letter.Invitation, entry, guests, guests, now);

            // say
            return new MeetingDetail(entry, guests, [], actor, now)
            {
                SkippedParticipants = report.Skipped(seating),
                HasConflicts = seating.Clashes.Count > 0,
                Conflicts = report.Conflicts(seating.Clashes),
                HostConflicts = report.Of(actor.Id),
                Warnings = warnings,
                Message = Sentence(guests.Count, seating.Skipped.Count),
            };
        });
    }

    internal static string HostNeedsNoInvitation(string email) => $"{email} is the host and takes part without an invitation";

    /// The host is in the meeting anyway: inviting them would mail them their own invitation.
    private static List<Invitee> WithoutHost(IReadOnlyList<Invitee> invitees, Actor actor, List<string> warnings)
    {
        var others = invitees.Where(i => i.Email != actor.Email).ToList();
        if (others.Count < invitees.Count)
            warnings.Add(HostNeedsNoInvitation(actor.Email));
        return others;
    }

    private static string Sentence(int invited, int skipped) => (invited, skipped) switch
    {
        (0, 0) => "Meeting created.",
        (_, 0) => $"Meeting created; {People(invited)} invited.",
        _ => $"Meeting created; {People(invited)} invited, {People(skipped)} skipped because of scheduling conflicts.",
    };

    private static string People(int count) => count == 1 ? "1 participant" : $"{count} participants";
}
