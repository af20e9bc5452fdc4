using Convene.Scheduling.Booking;

namespace Convene.Server.Features;

/// The house's own reasons to say no, beside the trade's (Scheduling/Booking/Refusal.cs).
public static class Refusals
{
    /// Absent, or not for this person to see: the two look alike on purpose.
    public sealed record NotFound : Refusal;

    /// Visible, but not theirs to change.
    public sealed record NotAllowed(string Sentence = "You do not have permission to perform this action.") : Refusal;

    /// Fields that are wrong: name → messages (or, for a list, one object per item).
    public sealed record Invalid(IReadOnlyDictionary<string, object> Fields) : Refusal
    {
        public Invalid(string field, string message)
            : this(new Dictionary<string, object>(StringComparer.Ordinal) { [field] = new[] { message } })
        {
        }
    }

    /// The people asked for are busy; what of it the asker may see.
    public sealed record Busy(IReadOnlyList<string> Sentences, IReadOnlyDictionary<string, IReadOnlyList<Meetings.Clash>> Details) : Refusal
    {
        /// Those whose own rules (blocked hours, focus time, hours) stand against it, by address.
        public IReadOnlyList<string> Unavailable { get; init; } = [];
    }

    /// They don't show the asker when they are busy.
    public sealed record Hidden : Refusal;

    /// It was tried too often; the same words whatever would have come of it.
    public sealed record TooMany(NodaTime.Duration Wait) : Refusal;

    public sealed record WrongCredentials : Refusal;

    public sealed record WrongRefreshToken(string Sentence) : Refusal;

    public sealed record NotSignedIn : Refusal;

    /// It was changed since the asker saw it; how it is now.
    public sealed record Outdated(Meetings.MeetingDetail Current) : Refusal;

    public sealed record NoSuchPage : Refusal;
}
