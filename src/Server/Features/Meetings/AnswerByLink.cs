using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Reads and answers an invitation with the link of its mail, without signing in. Reading changes nothing: programs that follow all links of a mail accept nothing.
public sealed class AnswerByLink(Store store, IClock clock, InvitationLink link, AnswerInvitation answer)
{
    /// <summary>An invitation, as far as whoever was invited may see it.</summary>
    /// <param name="Status">The meeting's.</param>
    /// <param name="YourStatus">pending, accepted, declined or tentative.</param>
    /// <param name="CanAnswer">Whether it is still to come, and on.</param>
    /// <param name="HasConflict">Whether the invited person has something else at that time.</param>
    public sealed record Invitation(
        string Id, string Title, string Description, string Location, Instant StartTime, Instant EndTime, string Timezone, string Status,
        string HostName, string HostEmail, string YourName, string YourEmail, string YourStatus, string? YourTimezone, bool CanAnswer, bool HasConflict);

    /// <summary>The token opens nothing (any more).</summary>
    public sealed record UnknownLink : Refusal;

    private sealed record Found(EntryRows.Entry Meeting, ParticipantRows.Participant Guest, bool HasConflict);

    public async Task<Outcome<Invitation>> Read(string token) => (await Find(token)) is { } found ? Told(found) : new UnknownLink();

    public async Task<Outcome<Invitation>> Answer(string token, Answer given, string? from = null)
    {
        if (await Find(token) is not { } found)
            return new UnknownLink();
        var guest = found.Guest;
        var actor = new Actor(guest.PersonId, guest.Email, guest.Name, null, DateTimeZone.Utc, IsStaff: false, SignInId: 0) { From = from };
        // Whoever says yes to a clash knows of it: the page shows it.
        var outcome = await answer.Handle(actor, found.Meeting.Uuid, guest.Id, new AnswerInvitation.Request(given, ConflictPolicy.Allow));
        return outcome.Is(out _, out var refusal) ? await Read(token) : refusal;
    }

    private Invitation Told(Found found)
    {
        var (meeting, guest, conflict) = found;
        return new Invitation(
            meeting.Uuid, meeting.Title, meeting.Description, meeting.Location, meeting.StartAt, meeting.EndAt, meeting.Timezone, meeting.Status,
            meeting.OrganizerName, meeting.OrganizerEmail, guest.Name, guest.Email, guest.Status, guest.Timezone,
            Words.Status(meeting.Status) == MeetingStatus.Scheduled && meeting.EndAt > clock.GetCurrentInstant(), conflict);
    }

    private async Task<Found?> Find(string token)
    {
        if (InvitationLink.Meeting(token) is not { } uuid)
            return null;
        return await store.Read<Found?>(async tx =>
        {
            if (await EntryRows.IdOf(tx, uuid) is not { } id)
                return null;
            if ((await ParticipantRows.Of(tx, id)).FirstOrDefault(g => g.Email.Length > 0 && link.IsFor(token, uuid, g.Email)) is not { } guest)
                return null;
            var meeting = (await EntryRows.Find(tx, id))!;
            var busy = await BusyTimes.Entries(tx, [guest.PersonId], meeting.When, guest.PersonId);
            return new Found(meeting, guest, busy.Any(b => b.EntryId != id && b.Busy.Range.Overlaps(meeting.When)));
        });
    }
}
