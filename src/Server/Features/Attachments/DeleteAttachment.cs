using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Attachments;

public sealed class DeleteAttachment(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, string id, long attachment) => store.Write<bool>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting || await AttachmentRows.Find(tx, meeting.Id, attachment) is null)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (AttachmentRights.Refuse(actor, meeting, guests) is { } no)
            return no;
        await AttachmentRows.Delete(tx, attachment);
        await AttachmentRights.Changed(tx, meeting, guests, clock.GetCurrentInstant());
        return true;
    });
}
