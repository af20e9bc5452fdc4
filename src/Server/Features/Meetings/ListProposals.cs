using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// The other times proposed for a meeting: host and cohosts see all, an invitee their own.
public sealed class ListProposals(Store store)
{
    public const int Most = 100;

    public Task<Outcome<IReadOnlyList<Proposal>>> Handle(Actor actor, string id) => store.Read<Outcome<IReadOnlyList<Proposal>>>(async tx =>
    {
        if (await EntryRows.Visible(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        var all = Rights.MayEdit(actor, meeting, guests);
        var proposals = new List<Proposal>();
        foreach (var row in (await ProposalRows.Of(tx, meeting.Id, Most)).Where(p => all || p.PersonId == actor.Id))
            proposals.Add(await Proposal.Of(tx, row, meeting, guests));
        return proposals;
    });
}
