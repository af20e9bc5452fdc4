using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Everybody's meetings.
public sealed class ListAllMeetings(Store store)
{
    /// <param name="From">The first instant a start may have.</param>
    /// <param name="To">The first instant it may not have.</param>
    public sealed record Request(MeetingStatus? Status, Instant? From, Instant? To, PageRequest Page);

    /// <summary>A meeting as administrators see it.</summary>
    /// <param name="Participants">How many are invited.</param>
    public sealed record Meeting(
        string Id, string Title, MeetingHost Host, Instant StartTime, Instant EndTime, string Timezone, string Status, long Participants, Instant CreatedAt);

    public sealed record MeetingHost(long Id, string Email, string Name);

    public Task<Outcome<Listed<Meeting>>> Handle(Request request) => request.Page.Read(
        store,
        (tx, slice) => MeetingsList.List(tx, new MeetingsList.Filter(request.Status is { } status ? Words.Of(status) : null, request.From, request.To), slice),
        m => new Meeting(m.Uuid, m.Title, new MeetingHost(m.HostId, m.HostEmail, m.HostName), m.StartAt, m.EndAt, m.Timezone, m.Status, m.Participants, m.CreatedAt));
}
