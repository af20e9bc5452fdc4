using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

public sealed class ReadMeeting(Store store, IClock clock)
{
    public Task<Outcome<MeetingDetail>> Handle(Actor actor, string id) => store.Read<Outcome<MeetingDetail>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        return new MeetingDetail(meeting, await ParticipantRows.Of(tx, meeting.Id), await AttachmentRows.Of(tx, meeting.Id), actor, clock.GetCurrentInstant());
    });
}
