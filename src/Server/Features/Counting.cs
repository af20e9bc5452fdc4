using Convene.Scheduling.Booking;

namespace Convene.Server.Features;

/// Counts what bookings come to, whoever asks for them.
internal static class Counting
{
    public const string Meeting = "meeting";
    public const string Series = "series";

    /// A slot that somebody offers.
    public const string Slot = "slot";

    /// Of a meeting that is there.
    public const string Change = "change";
    public const string Event = "event";

    /// <param name="partly">Whether somebody was left out of it; null: nobody ever is.</param>
    public static async Task<Outcome<T>> Counted<T>(this Task<Outcome<T>> booking, Figures figures, string kind, Func<T, bool>? partly = null)
    {
        var outcome = await booking;
        figures.Booked(kind, outcome.Is(out var answer, out var refusal) ? partly?.Invoke(answer) == true ? "partly" : "booked" : IsConflict(refusal) ? "conflict" : "refused");
        return outcome;
    }

    private static bool IsConflict(Refusal refusal) => refusal is Refusals.Busy or Refusal.PeopleBusy or Meetings.ScheduleMeeting.TimeTaken;
}
