using Convene.Scheduling.Time;

namespace Convene.Scheduling.Availability;

/// <summary>One person's time around a search: when they can be met, and what takes it up.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Schedule">Their hours, and what their rules block.</param>
/// <param name="Busy">What the entries on their calendar take up, at least throughout the search; the rules' blocks are not in it.</param>
public sealed record PersonTime(long PersonId, Schedule Schedule, BusyCalendar Busy)
{
    /// <summary>Draws the bitmaps of both over a horizon: a search within it is several times as fast if everybody's are drawn.</summary>
    /// <param name="horizon">How far.</param>
    public void DrawBitmaps(TimeRange horizon)
    {
        Schedule.DrawBitmaps(horizon);
        Busy.DrawBitmap(horizon);
    }
}
