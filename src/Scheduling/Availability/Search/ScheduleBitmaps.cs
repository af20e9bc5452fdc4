namespace Convene.Scheduling.Availability.Search;

// A schedule's open hours, and the time that its rules don't block (null: they never do).
internal sealed record ScheduleBitmaps(TimeBits Open, TimeBits? Unblocked)
{
    public bool Cover(int from, int until) => Open.Covers(from, until);

    public static ScheduleBitmaps Draw(Schedule schedule, int from, int until)
    {
        var open = new TimeBits(from, until, set: false);
        var unblocked = schedule.HasBlocks ? new TimeBits(from, until, set: true) : null;
        var ranges = new TickRanges(stackalloc (long, long)[128]);
        // Whole words are drawn, so a bit more than was asked for.
        var (first, last) = (Minutes.ToTicks(from - TimeBits.WordMinutes), Minutes.ToTicks(until + TimeBits.WordMinutes));
        schedule.AddHours(first, last, ref ranges);
        // Merged before they are rounded: hours that touch within five minutes are one stretch.
        ranges.Merge();
        foreach (var (start, end) in ranges.All)
            open.Set(Minutes.Ceiling(start), Minutes.Floor(end));
        ranges.Dispose();

        ranges = new TickRanges([]);
        if (unblocked is not null)
            schedule.AddBlocks(first, last, null, ref ranges);
        foreach (var (start, end) in ranges.All)
            unblocked!.Clear(Minutes.Floor(start), Minutes.Ceiling(end));
        ranges.Dispose();
        return new ScheduleBitmaps(open, unblocked);
    }
}
