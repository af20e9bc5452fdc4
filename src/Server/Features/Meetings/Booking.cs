using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// One meeting that is being booked: what was asked for, what was decided, what is said.
internal sealed class Booking
{
    private readonly List<string> warnings = [];
    private readonly Dictionary<long, (Invitee Invitee, PeopleRows.Person Person)> asked;
    private readonly Dictionary<long, (string Email, string Name)> names;
    private Seating? seating;
    private Report? report;
    private EntryRows.New? planned;
    private EntryRows.Entry? entry;

    public Booking(CreateMeeting.Asked booking, IReadOnlyDictionary<string, PeopleRows.Person> people)
    {
        (Actor, Request, When, Uuid) = (booking.Actor, booking.Request, booking.When, booking.Uuid);
        asked = booking.Invitees.ToDictionary(i => people[i.Email].Id, i => (i, people[i.Email]));
        names = asked.ToDictionary(a => a.Key, a => (a.Value.Invitee.Email, a.Value.Invitee.Name ?? a.Value.Person.Name));
        names[Actor.Id] = (Actor.Email, Actor.Name);
        People = [.. names.Keys];
        if (booking.Invitees.Count < Request.Participants.Count)
            warnings.Add(CreateMeeting.HostNeedsNoInvitation(Actor.Email));
    }

    public Actor Actor { get; }

    public CreateMeeting.Request Request { get; }

    public TimeRange When { get; }

    public string Uuid { get; }

    /// The host and who is asked for.
    public IReadOnlyCollection<long> People { get; }

    public bool TakesTime => Request.Status == MeetingStatus.Scheduled;

    public IReadOnlyList<BusyTimes.Row> Busy { get; set; } = [];

    /// How many people it may invite.
    public int Guests => asked.Count;

    /// As it is to be added; once it is written.
    public EntryRows.New Planned => planned!;

    /// As it will be read.
    public EntryRows.Entry Entry => entry!;

    public IReadOnlyList<ParticipantRows.Participant> Invited { get; private set; } = [];

    public IEnumerable<long> TakingPart => seating!.Seated.Prepend(Actor.Id);

    public Outcome<MeetingDetail> Outcome { get; private set; }

    /// Whether it can be booked; if not, the outcome says why.
    public bool Decide(Instant now)
    {
        report = new Report(Busy, names);
        IReadOnlyList<BusyTime> busy = [.. Busy.Select(b => b.Busy)];
        if ((Request.EverybodyIsFree && !BookingDesk.Seat(When, [.. People], busy, ConflictPolicy.Reject).Is(out _, out var refusal))
            || !BookingDesk.Seat(When, [.. asked.Keys], busy, Request.Policy).Is(out seating, out refusal))
        {
            Outcome = refusal is Refusal.PeopleBusy taken ? report.Refuse(taken) : refusal;
            return false;
        }

        if (When.Start < now)
            warnings.Add("start_time is in the past");
        return true;
    }

    /// What is to be added, and what is said: all of it is known, so nothing is read again.
    public void Write(BookingRows.Numbers numbers, Settings settings, Instant now)
    {
        var lead = Request.WithReminder ? Request.ReminderMinutes ?? Words.ReminderMinutes(Actor.ReminderMinutes, settings.ReminderMinutes) : null;
        var remindAt = MeetingRules.RemindAt(When.Start, lead is { } minutes ? Duration.FromMinutes(minutes) : null, now, Request.Status);
        planned = new EntryRows.New(
            Uuid, Actor.Id, Request.Title, Request.Description, Request.Location, Request.Status, new EntryRows.Times(When, Request.Zone), lead, remindAt,
            MeetingType: null, Request.ParticipantsMayEdit);
        entry = EntryRows.Entry.Of(numbers.Entry(), planned, Actor.Email, Actor.Name, now);
        Invited = [.. seating!.Seated.Select(p => Participant(asked[p].Invitee, asked[p].Person, numbers.Participant()))];
        Outcome = new MeetingDetail(entry, Invited, [], Actor, now)
        {
            SkippedParticipants = report!.Skipped(seating),
            HasConflicts = seating.Clashes.Count > 0,
            Conflicts = report.Conflicts(seating.Clashes),
            HostConflicts = report.Of(Actor.Id),
            Warnings = warnings,
            Message = Sentence(Invited.Count, seating.Skipped.Count),
        };
    }

    private ParticipantRows.Participant Participant(Invitee invitee, PeopleRows.Person person, long number) => new()
    {
        Id = number,
        EntryId = Entry.Id,
        PersonId = person.Id,
        Email = invitee.Email,
        GivenName = invitee.Name ?? "",
        Name = invitee.Name is { Length: > 0 } given ? given : person.Name,
        UserId = person.UserId,
        Timezone = person.Timezone,
        UnwantedMail = person.UnwantedMail,
        Role = invitee.Role(Words.Attendee),
        Status = Words.Of(Answer.Pending),
        InvitedAt = Entry.CreatedAt,
    };

    private static string Sentence(int invited, int skipped) => (invited, skipped) switch
    {
        (0, 0) => "Meeting created.",
        (_, 0) => $"Meeting created; {Count(invited)} invited.",
        _ => $"Meeting created; {Count(invited)} invited, {Count(skipped)} skipped because of scheduling conflicts.",
    };

    private static string Count(int people) => people == 1 ? "1 participant" : $"{people} participants";
}
