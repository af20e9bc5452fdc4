using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// A participant proposes another time, here or from their calendar program (iTIP COUNTER). Nothing moves until the host accepts it.
public sealed class ProposeTime(Store store, IClock clock, MeetingMail mail)
{
    // Each is mailed to the host.
    private const int MostOfOne = 20;

    /// <param name="Start">Without an offset it is in the meeting's zone.</param>
    public sealed record Request(GivenTime Start, GivenTime End, string Comment)
    {
        /// When they made it, if it comes by mail: mails overtake each other, and come twice. Null: now.
        public Instant? Made { get; init; }
    }

    /// They have proposed something since, or just this.
    public sealed record AlreadyProposed : Refusal;

    public Task<Outcome<Proposal>> Handle(Actor actor, string id, Request request) => store.Write<Proposal>(async tx =>
    {
        // load
        var now = clock.GetCurrentInstant();
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (guests.FirstOrDefault(g => g.PersonId == actor.Id) is not { } guest)
            return new Refusals.NotAllowed("Only who is invited can propose another time. As the host, move the meeting.");

        // decide
        if (Words.Status(meeting.Status) != MeetingStatus.Scheduled || meeting.EndAt <= now)
            return Wrong("The meeting is over or called off: no other time can be proposed.");
        var zone = Calendars.Zone(meeting.Timezone);
        if (!MeetingRules.CheckTimes(request.Start.In(zone), request.End.In(zone), now, refusePast: true).Is(out var when, out var no))
            return Named(no);
        if (when == meeting.When)
            return Wrong("This is when the meeting takes place already.");
        var own = (await ProposalRows.Of(tx, meeting.Id, int.MaxValue)).Where(p => p.ParticipantId == guest.Id).ToList();
        if (request.Made is { } made && own.Exists(p => made < p.MadeAt || made == p.MadeAt && when == p.When))
            return new AlreadyProposed();
        if (own.Count >= MostOfOne)
            return Wrong($"You have proposed {MostOfOne} times for this meeting. Talk to its host.");

        // save
        long[] everybody = [meeting.OrganizerId, .. guests.Select(g => g.PersonId)];
        await Revisions.Hold(tx, everybody);
        await ProposalRows.Replace(tx, guest.Id);
        var proposal = await ProposalRows.Add(tx, meeting.Id, guest.Id, when, meeting.When, request.Comment, request.Made ?? now, now);
        await EntryRows.Answered(tx, meeting.Id);
        await Revisions.Bump(tx, everybody, Duration.Zero);
        await tx.Note(actor, now, Trail.Meeting(
            "meeting.time_proposed", id, Trail.Times(meeting),
            Trail.Values(("participant", guest.Email), ("start_time", IsoTime.Format(when.Start)), ("end_time", IsoTime.Format(when.End))), request.Comment));
        await mail.TellOfProposal(tx, meeting, (await PeopleRows.ById(tx, [meeting.OrganizerId]))[0], guest, when, request.Comment, now);
        return await Proposal.Of(tx, (await ProposalRows.Find(tx, meeting.Id, proposal))!, meeting, guests);
    });

    private static Refusals.Invalid Wrong(string sentence) => new("start", sentence);

    private static Refusals.Invalid Named(Refusal refusal) => refusal switch
    {
        Refusal.StartsInThePast => Wrong("Start time cannot be in the past."),
        Refusal.LastsTooLong => new("end", $"A meeting can last at most {MeetingRules.LongestMeeting.TotalDays:0} days."),
        _ => new("end", "End time must be after start time."),
    };
}
