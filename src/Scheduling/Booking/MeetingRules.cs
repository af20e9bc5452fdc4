using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Booking;

/// <summary>What may become a meeting, and when it holds somebody's time.</summary>
public static class MeetingRules
{
    /// <summary>The longest a meeting may last. Longer busy time is an absence, not a meeting; the bound also keeps busy-time queries narrow.</summary>
    public static Duration LongestMeeting { get; } = Duration.FromDays(366);

    /// <summary>Checks the times of a meeting.</summary>
    /// <param name="start">The first instant of it.</param>
    /// <param name="end">The first instant after it.</param>
    /// <param name="now">The present.</param>
    /// <param name="refusePast">Whether a start before <paramref name="now"/> is refused; by default it is accepted (CONTRACT §7.5).</param>
    /// <returns>The range, or why it cannot be one.</returns>
    public static Outcome<TimeRange> CheckTimes(Instant start, Instant end, Instant now, bool refusePast)
    {
        if (end <= start)
            return new Refusal.EndsBeforeItStarts();
        if (end - start > LongestMeeting)
            return new Refusal.LastsTooLong();
        if (refusePast && start < now)
            return new Refusal.StartsInThePast();
        return new TimeRange(start, end);
    }

    /// <summary>Whether a participant's time is taken: the meeting is on and they have not declined.</summary>
    public static bool HoldsTime(MeetingStatus status, Answer answer) => status == MeetingStatus.Scheduled && answer != Answer.Declined;

    /// <summary>When to remind of a meeting.</summary>
    /// <param name="start">Its start.</param>
    /// <param name="before">How long before the start; null: no reminder.</param>
    /// <param name="now">The present.</param>
    /// <param name="status">A meeting that is not scheduled reminds nobody.</param>
    /// <returns>The instant, or null if there is nothing to remind of: no reminder wanted, or its time has passed (an invitation just went out).</returns>
    public static Instant? RemindAt(Instant start, Duration? before, Instant now, MeetingStatus status) =>
        status == MeetingStatus.Scheduled && before is { } lead && start - lead > now ? start - lead : null;
}
