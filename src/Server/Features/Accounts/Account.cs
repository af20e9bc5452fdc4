using System.Text.Json.Serialization;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// An account as its owner sees it: the union of what the systems answer.
public record Account
{
    /// <summary>The person's number.</summary>
    public required long Id { get; init; }
    public required string Uuid { get; init; }
    public required string Email { get; init; }
    public required string? Username { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }

    /// <summary>IANA zone.</summary>
    public required string Timezone { get; init; }

    /// <summary>HH:MM:SS in the account's zone.</summary>
    public required string WorkingHoursStart { get; init; }
    public required string WorkingHoursEnd { get; init; }

    /// <summary>0 is Monday. Where the weekly hours are not the same every day, these three sum them up; /api/availability/ tells them whole.</summary>
    public required IReadOnlyList<int> WorkingDays { get; init; }
    public required bool EmailVerified { get; init; }
    public required bool IsActive { get; init; }
    public required bool IsStaff { get; init; }
    public required Instant DateJoined { get; init; }
    public required NotificationChoices Notifications { get; init; }

    /// <summary>How long before the start the meetings I host remind everybody, where they say nothing else; null: not at all.</summary>
    public required int? DefaultReminderMinutes { get; init; }

    /// <summary>Who may see when I am busy or free: public, signed_in, shared (whoever is in a meeting that I host or have said yes or maybe to) or nobody.</summary>
    public required string FreeBusyVisibility { get; init; }

    internal static Account Of(AccountRows.Account row, Settings settings) => new()
    {
        Id = row.PersonId,
        Uuid = row.Uuid,
        Email = row.Email,
        Username = row.Username,
        FirstName = row.FirstName,
        LastName = row.LastName,
        Timezone = row.Timezone ?? "UTC",
        WorkingHoursStart = row.WorkingHoursStart,
        WorkingHoursEnd = row.WorkingHoursEnd,
        WorkingDays = [.. row.WorkingDays.Select(d => d - '0')],
        EmailVerified = row.EmailVerifiedAt is not null,
        IsActive = row.IsActive == 1,
        IsStaff = row.IsStaff == 1,
        DateJoined = row.CreatedAt,
        Notifications = NotificationChoices.Of(row.UnwantedMail),
        FreeBusyVisibility = row.FreeBusy,
        DefaultReminderMinutes = Words.ReminderMinutes(row.ReminderMinutes, settings.ReminderMinutes),
    };
}
