using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// <summary>Another time that a participant proposes.</summary>
/// <param name="State">open, accepted, declined, or outdated: the meeting moved, was called off, or they proposed something else since.</param>
/// <param name="RecurrenceId">Of a meeting that repeats: the wall time that its rule gives it.</param>
/// <param name="Conflicts">Of an open one: who has something else at that time, by address, as far as they show it to the host.</param>
public sealed record Proposal(
    long Id, string Email, string Name, Instant Start, Instant End, string Comment, string State, Instant CreatedAt, string? RecurrenceId, IReadOnlyList<string> Conflicts)
{
    internal static async Task<Proposal> Of(Tx tx, ProposalRows.Row row, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests)
    {
        var conflicts = new List<string>();
        if (row.State == ProposalRows.Open)
        {
            var addresses = guests.Where(g => MeetingRules.HoldsTime(MeetingStatus.Scheduled, g.Answer) || g.Id == row.ParticipantId).ToDictionary(g => g.PersonId, g => g.Email);
            addresses[meeting.OrganizerId] = meeting.OrganizerEmail;
            var busy = await BusyTimes.Overlapping(tx, addresses.Keys, row.When, meeting.OrganizerId);
            conflicts.AddRange(busy.Where(b => b.EntryId != meeting.Id && b.Veil is null).Select(b => addresses[b.PersonId]).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }

        return new Proposal(row.Id, row.Email, row.Name, row.StartAt, row.EndAt, row.Comment, row.State, row.CreatedAt, row.RecurrenceId, conflicts);
    }
}

/// It was accepted, declined or overtaken before.
public sealed record ProposalSettled(string State) : Refusal;
