using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// Who may do what with a meeting they see. (Whether they see it is decided in the query.)
internal static class Rights
{
    public const string Host = "host";

    public static bool IsHost(Actor actor, EntryRows.Entry meeting) => meeting.OrganizerId == actor.Id;

    public static bool MayEdit(Actor actor, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests) =>
        IsHost(actor, meeting) || guests.Any(g => g.PersonId == actor.Id && (g.IsCohost || meeting.ParticipantsMayEdit == 1));

    public static string RoleOf(Actor actor, EntryRows.Entry meeting, IReadOnlyList<ParticipantRows.Participant> guests) =>
        IsHost(actor, meeting) ? Host : guests.FirstOrDefault(g => g.PersonId == actor.Id)?.Role ?? Words.Attendee;
}
