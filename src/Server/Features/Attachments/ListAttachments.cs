using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Attachments;

public sealed class ListAttachments(Store store)
{
    public Task<Outcome<IReadOnlyList<Attachment>>> Handle(Actor actor, string id) => store.Read<Outcome<IReadOnlyList<Attachment>>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        return (await AttachmentRows.Of(tx, meeting.Id)).Select(Attachment.Of).ToList();
    });
}
