using Convene.Server.Storage;

namespace Convene.Server.Features.Meetings;

/// <summary>Somebody to invite.</summary>
/// <param name="Email">Lower case.</param>
/// <param name="Name">Null: as they are known already.</param>
/// <param name="Cohost">Whether they may edit the meeting; null: as it is.</param>
public sealed record Invitee(string Email, string? Name, bool? Cohost)
{
    internal string Role(string otherwise) => Cohost switch
    {
        true => Words.Cohost,
        false => Words.Attendee,
        null => otherwise,
    };
}
