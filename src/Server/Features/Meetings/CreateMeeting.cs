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
    private readonly MeetingMail mail;
    private readonly Settings settings;
    private readonly Figures figures;
    private readonly Together<Asked, MeetingDetail> together;

    public CreateMeeting(Store store, IClock clock, MeetingMail mail, Settings settings, Figures figures)
    {
        (this.clock, this.mail, this.settings, this.figures) = (clock, mail, settings, figures);
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
        await Revisions.Hold(tx, bookings.SelectMany(b => b.People));
        for (var left = bookings; left.Count > 0;)
        {
            var (first, later) = Apart(left);
            await Book(tx, first, now);
            left = later;
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

    private async Task Book(Tx tx, IReadOnlyList<Booking> bookings, Instant now)
    {
        // load
        var timed = bookings.Where(b => b.TakesTime).ToArray();
        var busy = timed.Length == 0 ? [] : await BusyTimes.Overlapping(tx, [.. timed.Select(b => new BusyTimes.Question(b.People, b.When, b.Actor.Id))]);
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
        var ids = await EntryRows.Add(tx, [.. seated.Select(b => b.Entry(settings, now))], now);
        await ParticipantRows.Add(tx, seated.SelectMany(b => b.Seated.Select(p => (ids[b.Uuid], p.Id, p.Invitee.Name ?? "", p.Invitee.Role(Words.Attendee)))), now);
        await BusyTimes.Add(tx, seated.Where(b => b.TakesTime).SelectMany(b => b.TakingPart.Select(p => (p, b.When, ids[b.Uuid]))));
        await Revisions.Bump(tx, seated.SelectMany(b => b.TakingPart.Select(p => (p, b.When.Length))));
        var entries = (await EntryRows.Of(tx, ids.Values)).ToDictionary(e => e.Uuid, StringComparer.Ordinal);
        var guests = (await ParticipantRows.Of(tx, ids.Values)).ToLookup(g => g.EntryId);
        foreach (var booking in seated)
            booking.Say(entries[booking.Uuid], [.. guests[ids[booking.Uuid]]], now);
        await AuditRows.Add(
            tx, seated.Select(b => ((long?)b.Actor.Id, b.Actor.From, Trail.Meeting(AuditRows.Created, b.Uuid, null, Trail.Picture(entries[b.Uuid], guests[ids[b.Uuid]])))), now);
        await mail.Invite(tx, seated.Where(b => b.TakesTime).Select(b => (entries[b.Uuid], (IReadOnlyList<ParticipantRows.Participant>)[.. guests[ids[b.Uuid]]])), now);
    }

    internal static string HostNeedsNoInvitation(string email) => $"{email} is the host and takes part without an invitation";

    /// <param name="When">Checked.</param>
    internal sealed record Asked(Actor Actor, Request Request, TimeRange When)
    {
        /// The host is in the meeting anyway: inviting them would mail them their own invitation.
        public IReadOnlyList<Invitee> Invitees { get; } = [.. Request.Participants.Where(i => i.Email != Actor.Email)];
    }
}
