using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// Kinds of meetings, for which people offer their time. The first, focus time, keeps it.
public sealed class MeetingTypes(Store store, IClock clock)
{
    public sealed record Request(string Name, string Description, int DefaultDuration, string ColorCode);

    /// <summary>A kind of meeting.</summary>
    /// <param name="DefaultDuration">Minutes.</param>
    public sealed record MeetingType(long Id, string Name, string Description, long DefaultDuration, string ColorCode)
    {
        internal static MeetingType Of(MeetingTypeRows.MeetingType row) => new(row.Id, row.Name, row.Description, row.DefaultDuration, row.ColorCode);
    }

    public async Task<IReadOnlyList<MeetingType>> List() => [.. (await store.ReadOne(MeetingTypeRows.All)).Select(MeetingType.Of)];

    public Task<Outcome<MeetingType>> Add(Actor actor, Request request) => store.Write<MeetingType>(async tx =>
    {
        if (!actor.IsStaff)
            return new Refusals.NotAllowed();
        var id = await MeetingTypeRows.Add(tx, request.Name, request.Description, request.DefaultDuration, request.ColorCode);
        await tx.Note(actor, clock.GetCurrentInstant(), new AuditRows.Note("meeting_type.created", null, Trail.Values(("id", id), ("name", request.Name), ("default_duration", request.DefaultDuration))));
        return MeetingType.Of((await MeetingTypeRows.Find(tx, id))!);
    });
}
