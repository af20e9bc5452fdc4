using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// Writes into the outbox what the people of a meeting are to be told, in the transaction that makes it true.
public sealed class MeetingMail(MailBell bell)
{
    // Beyond this an invitation names its recipient only (RFC 5546 allows it): a list of a thousand in each of a thousand mails helps nobody.
    private const int LongestGuestList = 200;

    /// <param name="to">Participants; who has no address is left out.</param>
    /// <param name="before">In an update: how the meeting was.</param>
    public async Task Tell(
        Tx tx, string kind, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests,
        IEnumerable<ParticipantRows.Participant> to, Instant now, MeetingTerms? before = null, string reason = "")
    {
        var letter = new Letter { Meeting = Facts(meeting, guests, now), Before = before, Reason = reason.Length > 0 ? reason : null };
        await OutboxRows.Add(
            tx, kind, Subject(kind, meeting.Title), meeting.Uuid, letter.ToJson(),
            Recipients(to, kind), now, bell);
    }

    /// Of meetings that were just made, to everybody who was asked.
    /// <param name="number">Of each letter.</param>
    public static IEnumerable<OutboxRows.New> Invitations(
        IEnumerable<(EntryRows.Entry Meeting, IReadOnlyList<ParticipantRows.Participant> Guests)> meetings, Func<long> number, Instant now) =>
        meetings.Select(m => new OutboxRows.New(
            Letter.Invitation, Subject(Letter.Invitation, m.Meeting.Title), m.Meeting.Uuid, new Letter { Meeting = Facts(m.Meeting, m.Guests, now) }.ToJson(), Recipients(m.Guests, Letter.Invitation))
        {
            Id = number(),
        });

    /// Of meetings that were called off together: everybody who had not declined.
    public Task CallOff(Tx tx, IEnumerable<(EntryRows.Entry Meeting, IReadOnlyList<ParticipantRows.Participant> Guests)> meetings, string reason, Instant now) => OutboxRows.Add(
        tx,
        meetings.Select(m => new OutboxRows.New(
            Letter.Cancellation, Subject(Letter.Cancellation, m.Meeting.Title), m.Meeting.Uuid, new Letter { Meeting = Facts(m.Meeting, m.Guests, now), Reason = reason }.ToJson(),
            Recipients(m.Guests.Where(g => g.Answer != Answer.Declined), Letter.Cancellation))),
        now, bell);

    /// <param name="mine">The occurrences that these recipients take part in; not empty.</param>
    public async Task TellSeries(
        Tx tx, string kind, SeriesRows.Row series, IReadOnlyList<EntryRows.Entry> mine, IReadOnlyList<ParticipantRows.Participant> guests,
        IEnumerable<ParticipantRows.Participant> to, Instant now, MeetingTerms? before = null, string reason = "")
    {
        MeetingFacts[] told = [.. SeriesCalendar.Facts(series, mine, e => Facts(e, guests, now))];
        await OutboxRows.Add(
            tx, kind, Subject(kind, series.Title), series.Uuid, new Letter { Meeting = told[0], Changed = told.Length > 1 ? told[1..] : null, Before = before, Reason = reason.Length > 0 ? reason : null }.ToJson(),
            Recipients(to, kind), now, bell);
    }

    public async Task TellClashes(Tx tx, SeriesRows.Row series, EntryRows.Entry first, PeopleRows.Person host, IReadOnlyList<SeriesClash> clashes, Instant now)
    {
        if (host.Email is not { Length: > 0 } email)
            return;
        var letter = new Letter { Meeting = Facts(first, [], now), Clashes = clashes };
        await OutboxRows.Add(
            tx, Letter.Clash, Subject(Letter.Clash, series.Title), series.Uuid, letter.ToJson(), [new OutboxRows.Recipient(host.Id, email, host.Name, host.Timezone)], now, bell);
    }

    public async Task TellHost(Tx tx, string kind, EntryRows.Entry meeting, PeopleRows.Person host, IReadOnlyList<ParticipantRows.Participant> guests, Instant now, string reason = "")
    {
        if (host.Email is not { Length: > 0 } email)
            return;
        var letter = new Letter { Meeting = Facts(meeting, guests, now), Reason = reason.Length > 0 ? reason : null };
        await OutboxRows.Add(
            tx, kind, Subject(kind, meeting.Title), meeting.Uuid, letter.ToJson(),
            [new OutboxRows.Recipient(host.Id, email, host.Name, host.Timezone, !Choices.Wants(host.UnwantedMail, kind))], now, bell);
    }

    /// Only hosts who asked for it are told, so nothing is noted for the others.
    public async Task TellOfAnswer(Tx tx, EntryRows.Entry meeting, PeopleRows.Person host, ParticipantRows.Participant guest, Instant now, string comment = "")
    {
        if (host.Email is not { Length: > 0 } email || !Choices.Wants(host.UnwantedMail, Letter.Answer))
            return;
        var letter = new Letter { Meeting = Facts(meeting, [], now), Answered = new Guest(guest.Email, guest.Name, guest.Status), Reason = comment.Length > 0 ? comment : null };
        await OutboxRows.Add(
            tx, Letter.Answer, Subject(Letter.Answer, meeting.Title), meeting.Uuid, letter.ToJson(),
            [new OutboxRows.Recipient(host.Id, email, host.Name, host.Timezone)], now, bell);
    }

    /// To the host: somebody hands their invitation on. It changes nothing, so the host is told whatever they want to hear of answers.
    public async Task TellOfDelegation(Tx tx, EntryRows.Entry meeting, PeopleRows.Person host, ParticipantRows.Participant guest, string to, Instant now)
    {
        if (host.Email is not { Length: > 0 } email)
            return;
        var letter = new Letter { Meeting = Facts(meeting, [], now), Answered = new Guest(guest.Email, guest.Name, Letter.Delegated), Reason = to };
        await OutboxRows.Add(
            tx, Letter.Delegated, Subject(Letter.Delegated, meeting.Title), meeting.Uuid, letter.ToJson(), [new OutboxRows.Recipient(host.Id, email, host.Name, host.Timezone)], now, bell);
    }

    /// To the host: somebody proposes another time.
    public async Task TellOfProposal(Tx tx, EntryRows.Entry meeting, PeopleRows.Person host, ParticipantRows.Participant guest, TimeRange when, string comment, Instant now)
    {
        if (host.Email is not { Length: > 0 } email)
            return;
        var letter = new Letter
        {
            Meeting = Facts(meeting, [], now), Answered = new Guest(guest.Email, guest.Name, guest.Status), Proposed = new ProposedTime(when.Start, when.End),
            Reason = comment.Length > 0 ? comment : null,
        };
        await OutboxRows.Add(
            tx, Letter.Proposal, Subject(Letter.Proposal, meeting.Title), meeting.Uuid, letter.ToJson(),
            [new OutboxRows.Recipient(host.Id, email, host.Name, host.Timezone, !Choices.Wants(host.UnwantedMail, Letter.Proposal))], now, bell);
    }

    /// To who proposed it: the meeting stays where it is.
    public Task TellOfDecline(Tx tx, EntryRows.Entry meeting, ParticipantRows.Participant guest, TimeRange when, Instant now)
    {
        var letter = new Letter { Meeting = Facts(meeting, [], now), Proposed = new ProposedTime(when.Start, when.End) };
        return OutboxRows.Add(
            tx, Letter.ProposalDeclined, Subject(Letter.ProposalDeclined, meeting.Title), meeting.Uuid, letter.ToJson(), Recipients([guest], Letter.ProposalDeclined), now, bell);
    }

    private static OutboxRows.Recipient[] Recipients(IEnumerable<ParticipantRows.Participant> to, string kind) =>
        [.. to.Where(t => t.Email.Length > 0).Select(t => new OutboxRows.Recipient(t.PersonId, t.Email, t.Name, t.Timezone, !Choices.Wants(t.UnwantedMail, kind)))];

    public static MeetingTerms Terms(EntryRows.Entry meeting) =>
        new(meeting.Title, meeting.Description, meeting.Location, meeting.StartAt, meeting.EndAt, meeting.Timezone);

    public static MeetingFacts Facts(EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests, Instant now, int longestList = LongestGuestList) => new(
        meeting.SeriesUuid ?? meeting.Uuid, (int)meeting.Sequence, now, Terms(meeting), meeting.OrganizerEmail, meeting.OrganizerName, meeting.CreatedAt, meeting.UpdatedAt,
        guests.Count > longestList ? [] : [.. guests.Where(g => g.Email.Length > 0).Select(g => new Guest(g.Email, g.Name, g.Status))])
    {
        Series = meeting.SeriesUuid is null ? null : new SeriesFacts(null, [], []) { RecurrenceId = meeting.RecurrenceId, Timezone = meeting.SeriesTimezone, Occurrence = meeting.Uuid },
    };

    private static string Subject(string kind, string title) => kind switch
    {
        Letter.Update => $"Updated: {title}",
        Letter.Cancellation or Letter.Withdrawn => $"Cancelled: {title}",
        Letter.Reminder => $"Reminder: {title}",
        Letter.Booking => $"Booked: {title}",
        Letter.Clash => $"Clashes: {title}",
        Letter.Answer => $"Answered: {title}",
        Letter.Delegated => $"Handed on: {title}",
        Letter.Proposal => $"New time proposed: {title}",
        Letter.ProposalDeclined => $"Not moved: {title}",
        _ => $"Invitation: {title}",
    };
}
