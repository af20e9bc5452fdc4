using Convene.Server.Features.Accounts;
using NodaTime;

namespace Convene.Server.Features;

/// Who asks.
/// <param name="IsStaff">Whether they ask as an administrator: never with a key that may less.</param>
/// <param name="SignInId">The login whose credential was shown; 0: an API key, or a link in a mail.</param>
public sealed record Actor(long Id, string Email, string Name, string? Username, DateTimeZone Zone, bool IsStaff, long SignInId)
{
    /// The network that the request came from, for the audit; null: not by network.
    public string? From { get; init; }

    /// What the API key may that was shown instead of a login's credential; null: a login, which may all that the person may.
    public KeyScope? Key { get; init; }

    /// When the meetings they host remind everybody, as the account stores it (Words.ReminderMinutes).
    public long? ReminderMinutes { get; init; }

    /// As it was when the request had come.
    public CalendarState Calendar { get; init; }
}

/// While it is the same, so is everything that its owner sees of their meetings and events.
/// <param name="Revision">Of the calendar.</param>
/// <param name="Names">Of what everybody is called.</param>
public readonly record struct CalendarState(long Revision, long Names);
