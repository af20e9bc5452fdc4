using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Attachments;

/// A document of a meeting, for whoever is in it.
public sealed class ReadAttachment(Store store)
{
    /// <param name="Content">Read from the database as it is asked for.</param>
    public sealed record Result(string Name, string Type, string Sha256, Stream Content);

    public Task<Outcome<Result>> Handle(Actor actor, string id, long attachment) => store.Read<Outcome<Result>>(async tx =>
        await EntryRows.Visible(tx, id, actor.Id) is { } meeting && await AttachmentRows.Find(tx, meeting.Id, attachment) is { } found
            ? new Result(found.Name, found.Type, found.Sha256, new AttachmentStream(store, found.Id, found.Size))
            : new Refusals.NotFound());
}
