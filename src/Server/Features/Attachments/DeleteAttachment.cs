using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Attachments;

public sealed class DeleteAttachment(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, string id, long attachment) => store.Write<bool>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting || await AttachmentRows.Find(tx, meeting.Id, attachment) is not { } file)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (AttachmentRights.Refuse(actor, meeting, guests) is { } no)
            return no;
        var now = clock.GetCurrentInstant();
        await AttachmentRows.Delete(tx, attachment);
        await tx.Note(actor, now, Trail.Meeting("meeting.attachment_removed", meeting.Uuid, AttachmentRights.Picture(file.Name, file.Type, file.Size), null));
        await AttachmentRights.Changed(tx, meeting, guests, now);
        return true;
    });
}
