using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// The other times that wait for an answer of the actor's, in all meetings that they host or help to.
public sealed class ListOpenProposals(Store store, IClock clock)
{
    public const int Most = 50;

    /// <summary>Another time that waits for an answer.</summary>
    /// <param name="MeetingId">Of the meeting that would move.</param>
    /// <param name="Title">The meeting's.</param>
    public sealed record Waiting(string MeetingId, string Title, Proposal Proposal);

    public Task<IReadOnlyList<Waiting>> Handle(Actor actor) => store.Read<IReadOnlyList<Waiting>>(async tx =>
    {
        var waiting = new List<Waiting>();
        foreach (var (uuid, id) in await ProposalRows.OpenFor(tx, actor.Id, clock.GetCurrentInstant(), Most))
        {
            var meeting = (await EntryRows.Visible(tx, uuid, actor.Id))!;
            var row = (await ProposalRows.Find(tx, meeting.Id, id))!;
            waiting.Add(new Waiting(uuid, meeting.Title, await Proposal.Of(tx, row, meeting, await ParticipantRows.Of(tx, meeting.Id))));
        }

        return waiting;
    });
}
