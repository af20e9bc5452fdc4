using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Sends somebody their invitation once more, as it is now. What is asked for by mail is bounded, so that no two programs write to each other for ever.
public sealed class SendAgain(Store store, IClock clock, MeetingMail mail)
{
    private const int MostInAWhile = 4;

    private static readonly Duration AWhile = Duration.FromHours(1);

    /// False: they have got it often enough lately.
    /// <param name="reason">What the mail says of it.</param>
    internal Task<bool> Handle(Invited invited, string reason) => store.WriteAlways(async tx =>
    {
        var (now, guest) = (clock.GetCurrentInstant(), invited.Guest);
        if (await OutboxRows.Count(tx, invited.Uuids, Letter.Invitation, guest.Email, now - AWhile) >= MostInAWhile)
            return false;
        if (invited.Series is { } series)
        {
            var mine = (await EntryRows.OfSeries(tx, [series.Id], guest.PersonId)).Where(e => Words.Status(e.Status) == MeetingStatus.Scheduled).ToList();
            if (mine.Count == 0)
                return false;
            var all = (await ParticipantRows.Of(tx, mine.Select(e => e.Id))).DistinctBy(g => g.PersonId).ToList();
            await mail.TellSeries(tx, Letter.Invitation, series, mine, all, [guest], now, reason: reason);
            return true;
        }

        await mail.Tell(tx, Letter.Invitation, invited.Meeting, await ParticipantRows.Of(tx, invited.Meeting.Id), [guest], now, reason: reason);
        return true;
    });
}
