using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Takes in what calendar programs send back by mail (iMIP, RFC 6047): answers, other times, and wishes to get the invitation again.
/// Whatever comes of it, nobody but the people of that meeting is ever written to.
public sealed class TakeMail(
    Store store, IClock clock, Settings settings, ReplyAddress replies, AnswerInvitation answer, AnswerSeries answerSeries, ProposeTime propose, SendAgain again, MeetingMail mail, ILogger<TakeMail> log)
{
    private const int LongestComment = 2_000;
    private const int MostDelegations = 3;

    /// <summary>What became of a mail.</summary>
    /// <param name="Outcome">answered, proposed, sent_again, nothing_new or refused.</param>
    /// <param name="Reason">In a sentence.</param>
    /// <param name="MeetingId">Which meeting it is about; of a series that is answered as a whole the next one.</param>
    /// <param name="Email">Who answered.</param>
    public sealed record Result(string Outcome, string Reason, string? MeetingId = null, string? Email = null);

    /// It is no mail at all: whoever handed it in has to know.
    public sealed record NoMail(string Sentence) : Refusal;

    // The best that came of any part of a mail is what came of it.
    private static readonly string[] Outcomes = ["answered", "proposed", "sent_again", "nothing_new", "refused"];

    public async Task<Outcome<Result>> Handle(byte[] message)
    {
        Result result;
        string? messageId = null;
        try
        {
            var (taken, reason, broken) = MailedAnswer.Read(message);
            messageId = taken?.Mail.MessageId;
            result = taken is null ? new Result(broken ? "refused" : "nothing_new", reason) : await Take(taken);
        }
        catch (MailSyntaxException e)
        {
            return new NoMail(e.Message);
        }

        log.LogInformation("Inbound mail {Id}: {Outcome}. Meeting {Meeting}.", messageId ?? "without an id", result.Outcome, result.MeetingId ?? "unknown");
        return result;
    }

    private async Task<Result> Take(MailedAnswer taken)
    {
        var results = new List<Result>();
        foreach (var item in taken.Items)
            results.Add(await Take(taken, item));
        return results.MinBy(r => Array.IndexOf(Outcomes, r.Outcome))!;
    }

    private async Task<Result> Take(MailedAnswer taken, CalendarItem item)
    {
        var now = clock.GetCurrentInstant();
        // A clock that is ahead must not outvote all that is answered later.
        var made = item.Stamp is { } stamp ? Instant.Min(stamp, now) : now;
        var found = await store.Read<Outcome<(Invited Invited, bool IsOutdated)>>(async tx =>
        {
            if (!(await Invited.Find(tx, taken, item, replies, settings.InboundMailSendersChecked, now)).Is(out var invited, out var no))
                return no;
            return (invited, await invited.IsOutdated(tx, taken.Contents, item, made));
        });
        if (!found.Is(out var it, out var refusal))
            return new Result("refused", ((Invited.Refused)refusal).Sentence);

        var (meeting, email) = (it.Invited.Meeting, it.Invited.Guest.Email);
        Result Say(string outcome, string reason) => new(outcome, reason, meeting.Uuid, email);
        if (Words.Status(meeting.Status) != MeetingStatus.Scheduled)
            return Say("refused", "The meeting was called off.");
        if (meeting.EndAt <= now)
            return Say("refused", "The meeting is over.");
        if (taken.Method == ItipMethod.Refresh)
            return await SendAgain(it.Invited, taken, "You asked for this invitation again.", "The invitation was asked for.", Say);
        if (it.IsOutdated)
            return await SendAgain(it.Invited, taken, "The time has changed since the invitation that you answered. Please answer this one.", "They answered an older invitation, and the time has changed since.", Say);
        var comment = Comment(item);
        return taken.Method == ItipMethod.Counter
            ? await Propose(it.Invited, taken.Contents, item, made, comment, Say)
            : await Answer(it.Invited, item, made, comment, Say);
    }

    private async Task<Result> Answer(Invited invited, CalendarItem item, Instant made, string comment, Func<string, string, Result> say)
    {
        var guest = invited.Guest;
        var party = item.Attendees.FirstOrDefault(a => guest.Email.Equals(a.Email, StringComparison.OrdinalIgnoreCase));
        switch (party?.PartStat)
        {
            case null:
                return say("refused", "It does not say who answers what.");
            case "DELEGATED":
                return await Delegate(invited, party, say);
            case "NEEDS-ACTION":
                return say("nothing_new", "It answers nothing yet.");
            case var other when party.Participation is null:
                return say("refused", $"{(other.Length > 40 ? "What it answers" : other)} is no answer to a meeting.");
        }

        var given = party.Participation switch
        {
            Participation.Accepted => Scheduling.Booking.Answer.Accepted,
            Participation.Declined => Scheduling.Booking.Answer.Declined,
            _ => Scheduling.Booking.Answer.Tentative,
        };
        // Their own calendar showed them what else they have.
        var request = new AnswerInvitation.Request(given, ConflictPolicy.Allow) { Made = made, Comment = comment };
        var scope = invited.Series is not null ? Scope.All : invited.Meeting.SeriesId is not null && item.AndFuture ? Scope.Following : Scope.This;
        var outcome = scope == Scope.This
            ? await answer.Handle(Actor(guest), invited.Meeting.Uuid, guest.Id, request)
            : await answerSeries.Handle(Actor(guest), invited.Meeting.Uuid, guest.Id, request, scope);
        return outcome.Refusal switch
        {
            null => say("answered", scope switch
            {
                Scope.All => $"{Words.Of(given)}, for all dates to come.",
                Scope.Following => $"{Words.Of(given)}, for this date and the following.",
                _ => $"{Words.Of(given)}.",
            }),
            AnswerInvitation.AlreadyAnswered => say("nothing_new", "They have answered since, or just so."),
            _ => say("refused", "They are not invited any more."),
        };
    }

    private async Task<Result> Propose(Invited invited, CalendarContents contents, CalendarItem item, Instant made, string comment, Func<string, string, Result> say)
    {
        if (invited.Series is not null)
            return say("refused", "Another time can be proposed for one date of a meeting that repeats, not for all of them.");
        var zone = Calendars.Zone(invited.Meeting.Timezone);
        if (item.Start is not { Local.Year: >= GivenTime.FirstYear and <= GivenTime.LastYear } from)
            return say("refused", "It proposes no time.");
        var start = contents.ToInstant(from, zone);
        // Without an end it is as long as before.
        var end = (item.End ?? (item.Length is { } length ? from.Plus(length) : null)) is { } to ? contents.ToInstant(to, zone) : start + invited.Meeting.When.Length;
        var request = new ProposeTime.Request(Given(start), Given(end), comment) { Made = made };
        return (await propose.Handle(Actor(invited.Guest), invited.Meeting.Uuid, request)).Refusal switch
        {
            null => say("proposed", "The host is told, and can accept it."),
            ProposeTime.AlreadyProposed => say("nothing_new", "They have proposed something since, or just this."),
            Refusals.Invalid wrong => say("refused", wrong.Fields.Values.OfType<IEnumerable<string>>().SelectMany(m => m).First()),
            _ => say("refused", "They are not invited any more."),
        };
    }

    private async Task<Result> Delegate(Invited invited, CalendarParty party, Func<string, string, Result> say)
    {
        var now = clock.GetCurrentInstant();
        await store.WriteAlways(async tx =>
        {
            var host = (await PeopleRows.ById(tx, [invited.Meeting.OrganizerId]))[0];
            if (host.Email is { } email && await OutboxRows.Count(tx, invited.Uuids, Letter.Delegated, email, now - Duration.FromHours(1)) < MostDelegations)
                await mail.TellOfDelegation(tx, invited.Meeting, host, invited.Guest, string.Join(", ", party.DelegatedTo), now);
        });
        return say("refused", "Only the host can invite somebody else; they are told who is to come instead.");
    }

    private async Task<Result> SendAgain(Invited invited, MailedAnswer taken, string note, string why, Func<string, string, Result> say)
    {
        if (!Choices.Wants(invited.Guest.UnwantedMail, Letter.Invitation))
            return say("nothing_new", $"{why} They want no invitations by mail.");
        // Programs that answer programs: one of the two has to stop.
        if (taken.Mail.IsAutomatic)
            return say("nothing_new", $"{why} A program sent this by itself, so nothing is sent back.");
        return await again.Handle(invited, note)
            ? say("sent_again", $"{why} It is sent to them again.")
            : say("nothing_new", $"{why} They have got it often enough in the last hour.");
    }

    /// What strangers write is text, and not endless.
    private static string Comment(CalendarItem item)
    {
        var lines = string.Join('\n', item.Comments.Select(c => c.Trim()).Where(c => c.Length > 0));
        var text = new string([.. lines.Where(c => !char.IsControl(c) || c == '\n')]);
        return text.Length <= LongestComment ? text : text[..(char.IsHighSurrogate(text[LongestComment - 1]) ? LongestComment - 1 : LongestComment)];
    }

    private static Actor Actor(ParticipantRows.Participant guest) =>
        new(guest.PersonId, guest.Email, guest.Name, null, DateTimeZone.Utc, IsStaff: false, SignInId: 0) { From = "mail" };

    private static GivenTime Given(Instant time) => new(time.InUtc().LocalDateTime, Offset.Zero);
}
