using NodaTime;

namespace Convene.Server.Features;

/// Who asks.
/// <param name="SignInId">The login whose credential was shown.</param>
public sealed record Actor(long Id, string Email, string Name, string? Username, DateTimeZone Zone, bool IsStaff, long SignInId)
{
    /// The network that the request came from, for the audit; null: not by network.
    public string? From { get; init; }

    /// When the meetings they host remind everybody, as the account stores it (Words.ReminderMinutes).
    public long? ReminderMinutes { get; init; }
}
