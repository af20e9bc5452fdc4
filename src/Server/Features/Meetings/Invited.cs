using Convene.ICalendar;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Whose invitation a mail answers, and to what.
/// <param name="Uid">In their calendar.</param>
/// <param name="Meeting">Of a series: the date that is answered, or the next that they are invited to.</param>
/// <param name="Series">If the answer is to all that is to come of it.</param>
/// <param name="IsGone">The date that is answered is none of the series any more.</param>
internal sealed record Invited(string Uid, ParticipantRows.Participant Guest, EntryRows.Entry Meeting, SeriesRows.Row? Series, bool IsGone)
{
    public string[] Uuids => [Uid, Meeting.Uuid];

    /// The answer is refused.
    public sealed record Refused(string Sentence) : Refusal;

    /// Finds it by UID and date, and who answers by what proves it (docs/decisions/0018).
    public static async Task<Outcome<Invited>> Find(
        Tx tx, MailedAnswer answer, CalendarItem item, ReplyAddress replies, bool sendersChecked, Instant now)
    {
        if (item.Uid is null || !Guid.TryParseExact(ItipUid.Unwrap(item.Uid), "D", out var id))
            return new Refused("There is no meeting with this UID.");
        var uid = id.ToString();
        if (!(await What(tx, uid, answer, item, now)).Is(out var what, out var refusal))
            return refusal;

        var guests = (await ParticipantRows.Of(tx, what.Meetings.Select(m => m.Id))).Where(g => g.Email.Length > 0).ToLookup(g => g.Email, StringComparer.OrdinalIgnoreCase);
        var named = item.Attendees.Select(a => a.Email).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var answered = await Answered(tx, answer.Mail, [uid, what.Meetings[0].Uuid]);
        var proven = guests.Select(g => g.Key)
            .Where(e => replies.IsAmong(answer.Mail.Recipients, uid, e) || answered.Contains(e) || sendersChecked && e.Equals(answer.Mail.From, StringComparison.OrdinalIgnoreCase)).ToList();
        // Some rooms that book themselves do not say who they are; the address that they wrote to does.
        var email = proven.Find(named.Contains) ?? (named.Count == 0 && proven is [var only] ? only : null);
        if (email is null)
        {
            return new Refused(
                named.Count == 0 ? "It does not say who answers."
                : !named.Any(guests.Contains) ? $"{named.First()} is not invited."
                : proven.Count > 0 ? $"It was sent to the address that {proven[0]} was given, and answers for {named.First(guests.Contains)}."
                : $"Nothing proves that it comes from {named.First(guests.Contains)}: it was not sent to the address that their invitation names.");
        }

        var own = guests[email].ToDictionary(g => g.EntryId);
        var meeting = what.Meetings.First(m => own.ContainsKey(m.Id));
        return new Invited(uid, own[meeting.Id], meeting, what.Series, what.IsGone);
    }

    /// Whether the answer is to an older invitation, and the meeting has another time since. What else changed takes no answer back.
    public async Task<bool> IsOutdated(Tx tx, CalendarContents contents, CalendarItem item, Instant made)
    {
        if (IsGone)
            return true;
        var numbered = item.Component.Properties.Any(p => p.Name == "SEQUENCE");
        var sequence = Series?.Sequence ?? Meeting.Sequence;
        if (sequence == 0 || numbered && item.Sequence >= sequence)
            return false;
        var now = Series is { } series ? SeriesCalendar.Terms(series) : MeetingMail.Terms(Meeting);
        if (item.Start is { } start)
        {
            var zone = Calendars.Zone(now.Timezone);
            return contents.ToInstant(start, zone) != now.Start || item.End is { } end && contents.ToInstant(end, zone) != now.End;
        }

        // It does not say what time it answers (Apple's): what were they told then?
        foreach (var letter in await OutboxRows.Letters(tx, Uuids, [Letter.Invitation, Letter.Update], 500))
        {
            var told = Letter.FromJson(letter.Body);
            if (told.Meeting is not { } facts || !(numbered ? facts.Sequence <= item.Sequence : letter.CreatedAt <= made))
                continue;
            var (then, rule) = (Told(told, facts), facts.Series?.Rule);
            return then.Start != now.Start || then.End != now.End || Series is not null && (rule != Series.Rule || then.Timezone != now.Timezone);
        }

        return false;
    }

    /// The time of this meeting, as a letter tells it.
    private MeetingTerms Told(Letter letter, MeetingFacts facts)
    {
        if (Series is not null || facts.Series?.Rule is null || Meeting.RecurrenceId is not { } wall)
            return facts.Terms;
        if (letter.Changed?.FirstOrDefault(c => c.Series?.RecurrenceId == wall) is { } changed)
            return changed.Terms;
        var start = LocalTimes.ToInstant(SeriesRows.Wall(wall), Calendars.Zone(facts.Terms.Timezone), LocalTimes.Rfc5545);
        return facts.Terms with { Start = start, End = start + (facts.Terms.End - facts.Terms.Start) };
    }

    private static async Task<Outcome<(IReadOnlyList<EntryRows.Entry> Meetings, SeriesRows.Row? Series, bool IsGone)>> What(Tx tx, string uid, MailedAnswer answer, CalendarItem item, Instant now)
    {
        if (await EntryRows.IdOf(tx, uid) is { } single)
        {
            var meeting = (await EntryRows.Find(tx, single))!;
            return meeting.SeriesId is null ? ([meeting], null, false) : new Refused("There is no meeting with this UID.");
        }

        if (await SeriesRows.Find(tx, uid) is not { } series)
            return new Refused("There is no meeting with this UID.");
        var all = await EntryRows.OfSeries(tx, series.Id);
        if (item.RecurrenceId is { } date)
        {
            var one = all.Where(e => date.IsDate
                ? SeriesRows.Wall(e.RecurrenceId!).Date == date.Local.Date
                : answer.Contents.ToInstant(date, series.Zone) == LocalTimes.ToInstant(SeriesRows.Wall(e.RecurrenceId!), series.Zone, LocalTimes.Rfc5545)).ToList();
            if (one.Count == 1)
                return (one, null, false);
            // The series was given other times since they were invited; then they need the new ones.
            if (item.Sequence >= series.Sequence)
                return new Refused("The meeting does not take place on that date.");
        }

        var coming = all.Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled && e.EndAt > now).OrderBy(e => e.StartAt).ToList();
        return coming.Count == 0 ? new Refused("All dates of this meeting are over or called off.") : (coming, series, item.RecurrenceId is not null);
    }

    /// Who got the mails that this one answers: Message-IDs are ours, and nobody else was told them.
    private static async Task<HashSet<string>> Answered(Tx tx, CalendarMail mail, string[] uuids)
    {
        const int Most = 50;
        var ids = mail.References.Select(r => r.Split('@')[0]).Where(r => r.Length == 32 && r.All(char.IsAsciiHexDigit)).Take(Most).ToArray();
        return ids.Length == 0 ? [] : (await OutboxRows.RecipientsOf(tx, ids, uuids)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
