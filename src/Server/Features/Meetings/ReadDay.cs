using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// What is on for me on a day of my zone, by start.
public sealed class ReadDay(Store store)
{
    public sealed record Meeting(string Id, string Title, string Description, Instant StartTime, Instant EndTime, Person Organizer, IReadOnlyList<Person> Attendees, string Status);

    /// <summary>Somebody in a meeting.</summary>
    /// <param name="Username">Empty if they have none.</param>
    public sealed record Person(long Id, string Username, string Email);

    public Task<IReadOnlyList<Meeting>> Handle(Actor actor, LocalDate date) => store.Read<IReadOnlyList<Meeting>>(async tx =>
    {
        var (from, to) = (actor.Zone.AtStartOfDay(date).ToInstant(), actor.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
        var meetings = await EntryRows.Overlapping(tx, actor.Id, new TimeRange(from, to), ListMeetings.Cap);
        var guests = (await ParticipantRows.Of(tx, meetings.Select(m => m.Id))).ToLookup(g => g.EntryId);
        var usernames = await AccountRows.Usernames(tx, meetings.Select(m => m.OrganizerId).Concat(guests.SelectMany(g => g).Select(g => g.PersonId)));
        Person Known(long id, string email) => new(id, usernames.GetValueOrDefault(id, ""), email);
        return
        [
            .. meetings.Select(m => new Meeting(
                m.Uuid, m.Title, m.Description, m.StartAt, m.EndAt, Known(m.OrganizerId, m.OrganizerEmail), [.. guests[m.Id].Select(g => Known(g.PersonId, g.Email))],
                m.ScheduleState ?? m.Status)),
        ];
    });
}
