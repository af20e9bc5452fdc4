using System.Text.Json.Serialization;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Reads and answers an invitation with the link of its mail, without signing in. Reading changes nothing: programs that follow all links of a mail accept nothing.
public sealed class AnswerByLink(Store store, IClock clock, InvitationLink link, AnswerInvitation answer, AnswerSeries answerSeries)
{
    /// <summary>An invitation, as far as whoever was invited may see it.</summary>
    /// <param name="Status">The meeting's.</param>
    /// <param name="YourStatus">pending, accepted, declined or tentative.</param>
    /// <param name="CanAnswer">Whether it is still to come, and on.</param>
    /// <param name="Series">If the mail was about all of a series: which; the times are those of its next meeting, and an answer is for all to come.</param>
    /// <param name="HasConflict">Whether the invited person has something else at that time.</param>
    public sealed record Invitation(
        string Id, string Title, string Description, string Location, Instant StartTime, Instant EndTime, string Timezone, string Status,
        string HostName, string HostEmail, string YourName, string YourEmail, string YourStatus, string? YourTimezone, bool CanAnswer, bool HasConflict,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SeriesPart? Series = null);

    /// <summary>The token opens nothing (any more).</summary>
    public sealed record UnknownLink : Refusal;

    /// <param name="IsSeries">Whether the mail was about all of a series; the meeting is its next one then.</param>
    private sealed record Found(EntryRows.Entry Meeting, ParticipantRows.Participant Guest, bool HasConflict, bool IsSeries);

    public async Task<Outcome<Invitation>> Read(string token) => (await Find(token)) is { } found ? Told(found) : new UnknownLink();

    public async Task<Outcome<Invitation>> Answer(string token, Answer given, string? from = null)
    {
        if (await Find(token) is not { } found)
            return new UnknownLink();
        var guest = found.Guest;
        var actor = new Actor(guest.PersonId, guest.Email, guest.Name, null, DateTimeZone.Utc, IsStaff: false, SignInId: 0) { From = from };
        // Whoever says yes to a clash knows of it: the page shows it.
        var request = new AnswerInvitation.Request(given, ConflictPolicy.Allow);
        var outcome = found.IsSeries
            ? await answerSeries.Handle(actor, found.Meeting.Uuid, guest.Id, request, Scope.All)
            : await answer.Handle(actor, found.Meeting.Uuid, guest.Id, request);
        return outcome.Is(out _, out var refusal) ? await Read(token) : refusal;
    }

    private Invitation Told(Found found)
    {
        var (meeting, guest, conflict, isSeries) = found;
        return new Invitation(
            meeting.Uuid, meeting.Title, meeting.Description, meeting.Location, meeting.StartAt, meeting.EndAt, meeting.Timezone, meeting.Status,
            meeting.OrganizerName, meeting.OrganizerEmail, guest.Name, guest.Email, guest.Status, guest.Timezone,
            Words.Status(meeting.Status) == MeetingStatus.Scheduled && meeting.EndAt > clock.GetCurrentInstant(), conflict, isSeries ? SeriesPart.Of(meeting) : null);
    }

    private async Task<Found?> Find(string token)
    {
        if (InvitationLink.Meeting(token) is not { } uuid)
            return null;
        return await store.Read<Found?>(async tx =>
        {
            var entry = await EntryRows.IdOf(tx, uuid);
            long[] entries = entry is { } one ? [one] : await OccurrenceRows.ToCome(tx, uuid, clock.GetCurrentInstant());
            var guests = (await ParticipantRows.Of(tx, entries)).Where(g => g.Email.Length > 0 && link.IsFor(token, uuid, g.Email)).ToDictionary(g => g.EntryId);
            if (entries.FirstOrDefault(guests.ContainsKey) is not (not 0 and var id))
                return null;
            var (meeting, guest) = ((await EntryRows.Find(tx, id))!, guests[id]);
            var busy = await BusyTimes.Entries(tx, [guest.PersonId], meeting.When, guest.PersonId);
            return new Found(meeting, guest, busy.Any(b => b.EntryId != id && b.Busy.Range.Overlaps(meeting.When)), entry is null);
        });
    }
}
