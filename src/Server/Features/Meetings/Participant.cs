using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// <summary>One invitation.</summary>
public sealed record Participant
{
    internal Participant(ParticipantRows.Participant row, string meeting)
    {
        Id = row.Id;
        Meeting = meeting;
        User = row.UserId;
        Email = row.Email;
        Name = row.Name;
        Status = row.Status;
        Role = row.Role;
        InvitedAt = row.InvitedAt;
        RespondedAt = row.RespondedAt;
    }

    public long Id { get; }

    /// <summary>The meeting's id.</summary>
    public string Meeting { get; }

    /// <summary>The number of the person's account; null for a guest without one.</summary>
    public long? User { get; }
    public string Email { get; }
    public string Name { get; }

    /// <summary>pending, accepted, declined or tentative.</summary>
    public string Status { get; }

    /// <summary>attendee or cohost; a cohost may edit the meeting.</summary>
    public string Role { get; }
    public Instant InvitedAt { get; }
    public Instant? RespondedAt { get; }
}
