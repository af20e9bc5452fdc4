using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// Mails about a whole series: one to each person, with the dates that they take part in.
internal static class SeriesMail
{
    /// Everybody who takes part in any occurrence.
    public static Task Invite(Tx tx, MeetingMail mail, SeriesRows.Row series, IReadOnlyList<EntryRows.Entry> entries, Instant now) =>
        Tell(tx, mail, Letter.Invitation, series, entries, _ => true, now);

    /// <param name="entries">All of the series that stand, or those that are called off; none tells nobody.</param>
    /// <param name="who">Whom to tell, of those who take part in any and have not declined all.</param>
    public static async Task Tell(
        Tx tx, MeetingMail mail, string kind, SeriesRows.Row series, IReadOnlyList<EntryRows.Entry> entries, Func<long, bool> who, Instant now, MeetingTerms? before = null)
    {
        var guests = (await ParticipantRows.Of(tx, entries.Select(e => e.Id))).ToLookup(g => g.EntryId);
        var byPerson = guests.SelectMany(g => g).GroupBy(g => g.PersonId).Where(g => who(g.Key) && g.Any(p => p.Answer != Answer.Declined)).ToList();
        var all = guests.SelectMany(g => g).DistinctBy(g => g.PersonId).ToList();
        // One letter for all who take part in the same dates.
        foreach (var alike in byPerson.GroupBy(g => string.Join(',', g.Select(p => p.EntryId)), StringComparer.Ordinal))
        {
            var there = alike.First().Select(p => p.EntryId).ToHashSet();
            await mail.TellSeries(tx, kind, series, [.. entries.Where(e => there.Contains(e.Id))], all, alike.Select(g => g.First()), now, before);
        }
    }
}
