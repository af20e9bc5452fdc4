using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Reminds everybody of the meetings that are about to begin; each meeting once, on however many nodes this runs.
public sealed class RemindOfMeetings(Store store, IClock clock, MeetingMail mail)
{
    private const int AtATime = 50;

    /// How many meetings it dealt with; call again until none.
    public Task<int> Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            var now = clock.GetCurrentInstant();
            var (claimed, due) = await EntryRows.ClaimReminders(tx, now, AtATime);
            var hosts = (await PeopleRows.ById(tx, due.Select(m => m.OrganizerId).Distinct())).ToDictionary(p => p.Id);
            var guests = (await ParticipantRows.Of(tx, due.Select(m => m.Id))).ToLookup(g => g.EntryId);
            foreach (var meeting in due)
            {
                var invited = guests[meeting.Id].ToList();
                await mail.Tell(tx, Letter.Reminder, meeting, invited, invited.Where(g => g.Answer != Answer.Declined), now);
                await mail.TellHost(tx, Mail.Letter.Reminder, meeting, hosts[meeting.OrganizerId], invited, now);
            }

            return claimed;
        },
        cancel);
}
