using System.Runtime.InteropServices;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Books a meeting: people who are busy are left out and reported (or stop it, or are double-booked, as the policy says);
/// everybody else gets an invitation.
public sealed class CreateMeeting
{
    private readonly IClock clock;
    private readonly MailBell bell;
    private readonly Settings settings;
    private readonly Figures figures;
    private readonly Together<Asked, MeetingDetail> together;

    public CreateMeeting(Store store, IClock clock, MailBell bell, Settings settings, Figures figures)
    {
        (this.clock, this.bell, this.settings, this.figures) = (clock, bell, settings, figures);
        together = new Together<Asked, MeetingDetail>(store, Book);
    }

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

    public async Task<Outcome<MeetingDetail>> Handle(Actor actor, Request request) =>
        MeetingRules.CheckTimes(
            request.Start.In(request.Zone), request.End.In(request.Zone), clock.GetCurrentInstant(), request.RefusePast || settings.RefusePastStarts)
            .Is(out var when, out var refusal)
            ? await together.Ask(new Asked(actor, request, when)).Counted(figures, Counting.Meeting, m => m.SkippedParticipants is { Count: > 0 })
            : refusal;

    /// What was asked for at the same time, each as if it came alone.
    private async Task<IReadOnlyList<Outcome<MeetingDetail>>> Book(Tx tx, IReadOnlyList<Asked> asked)
    {
        var now = clock.GetCurrentInstant();
        var invited = asked.SelectMany(a => a.Invitees).DistinctBy(i => i.Email).Select(i => (i.Email, i.Name ?? ""));
        var people = await PeopleRows.Invite(tx, [.. invited], now);
        IReadOnlyList<Booking> bookings = [.. asked.Select(a => new Booking(a, people))];
        var (first, later) = Apart(bookings);
        var (busy, numbers) = await BookingRows.Hold(tx, bookings.SelectMany(b => b.People), Questions(first), bookings.Count, bookings.Sum(b => b.Guests));
        await Book(tx, first, busy, numbers, now);
        while (later.Count > 0)
        {
            (first, later) = Apart(later);
            var questions = Questions(first);
            await Book(tx, first, questions.Count == 0 ? [] : await BusyTimes.Overlapping(tx, questions), numbers, now);
        }

        var invitedBySome = bookings.Where(b => b.Outcome.Refusal is null).SelectMany(b => b.People).ToHashSet();
        await PeopleRows.Forget(tx, people.Values.Where(p => p.IsNew && !invitedBySome.Contains(p.Id)).Select(p => p.Id));
        return [.. bookings.Select(b => b.Outcome)];
    }

    /// Those that share no time of anybody with one that was asked for before them, and the others: these are decided once the first are in the store.
    private static (IReadOnlyList<Booking> First, IReadOnlyList<Booking> Later) Apart(IReadOnlyList<Booking> bookings)
    {
        var (first, later, taken) = (new List<Booking>(), new List<Booking>(), new Dictionary<long, List<TimeRange>>());
        foreach (var booking in bookings)
        {
            var times = booking.People.Select(p => CollectionsMarshal.GetValueRefOrAddDefault(taken, p, out _) ??= []).ToArray();
            (times.Any(t => t.Any(booking.When.Overlaps)) ? later : first).Add(booking);
            foreach (var of in times)
                of.Add(booking.When);
        }

        return (first, later);
    }

    private static IReadOnlyList<BusyTimes.Question> Questions(IReadOnlyList<Booking> bookings) =>
        [.. bookings.Where(b => b.TakesTime).Select(b => new BusyTimes.Question(b.People, b.When, b.Actor.Id))];

    /// <param name="busy">The answers to the questions of those that take time.</param>
    private async Task Book(Tx tx, IReadOnlyList<Booking> bookings, IReadOnlyList<IReadOnlyList<BusyTimes.Row>> busy, BookingRows.Numbers numbers, Instant now)
    {
        // load
        var timed = bookings.Where(b => b.TakesTime).ToArray();
        for (var n = 0; n < timed.Length; n++)
        {
            timed[n].Busy = timed[n].Request.WithinHours
                ? [.. busy[n], .. await BusyTimes.OutsideHours(tx, timed[n].People, timed[n].When, timed[n].Actor.Id)]
                : busy[n];
        }

        // decide
        var seated = bookings.Where(b => b.Decide(now)).ToArray();
        if (seated.Length == 0)
            return;

        // save
        foreach (var booking in seated)
            booking.Write(numbers, settings, now);
        // While the database is at work, what the audit says and the letters tell is put into words.
        var words = Task.Run(() => (
            Audit: AuditRows.Rows(seated.Select(b => ((long?)b.Actor.Id, b.Actor.From, Trail.Meeting(AuditRows.Created, b.Uuid, null, Trail.Picture(b.Entry, b.Invited)))), now),
            Mail: OutboxRows.Rows(MeetingMail.Invitations(seated.Where(b => b.TakesTime).Select(b => (b.Entry, b.Invited)), numbers.Letter, now), now)));
        await EntryRows.AddNumbered(tx, seated.Select(b => (b.Entry.Id, b.Planned, b.TakesTime)), now);
        await ParticipantRows.AddNumbered(tx, seated.SelectMany(b => b.Invited.Select(p => (p, b.TakesTime))));
        await BusyTimes.Add(tx, seated.Where(b => b.TakesTime).SelectMany(b => b.TakingPart.Select(p => (p, b.When, b.Entry.Id))));
        await Revisions.Bump(tx, seated.SelectMany(b => b.TakingPart.Select(p => (p, b.When.Length))));
        var (audit, owed) = await words;
        await AuditRows.Add(tx, audit);
        await OutboxRows.Add(tx, owed, bell);
    }

    internal static string HostNeedsNoInvitation(string email) => $"{email} is the host and takes part without an invitation";

    /// <param name="When">Checked.</param>
    internal sealed record Asked(Actor Actor, Request Request, TimeRange When)
    {
        /// The host is in the meeting anyway: inviting them would mail them their own invitation.
        public IReadOnlyList<Invitee> Invitees { get; } = [.. Request.Participants.Where(i => i.Email != Actor.Email)];

        /// Of the meeting, if it comes about.
        public string Uuid { get; } = Guid.CreateVersion7().ToString();
    }
}
