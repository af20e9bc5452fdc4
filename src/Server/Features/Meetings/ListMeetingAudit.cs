using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// Who did what to a meeting, for those who run it. From where is for administrators only.
public sealed class ListMeetingAudit(Store store)
{
    public const int Most = 500;

    public Task<Outcome<AuditEntry[]>> Handle(Actor actor, string id) => store.Read<Outcome<AuditEntry[]>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        if (!Rights.MayEdit(actor, meeting, await ParticipantRows.Of(tx, meeting.Id)))
            return new Refusals.NotAllowed("Only the organiser can see who changed what.");
        var page = await AuditRows.List(tx, new AuditRows.Filter { Meeting = id }, new Slice { Limit = Most, Descending = true });
        return page.Rows.Select(r => AuditEntry.Of(r) with { From = null }).ToArray();
    });
}
