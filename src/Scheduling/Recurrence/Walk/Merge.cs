namespace Convene.Scheduling.Recurrence.Walk;

// The occurrences of several rules and of single times, less exceptions, with changed ones where they were moved to; in order, each once.
internal sealed class Merge
{
    private readonly Compiled compiled;
    private readonly long end;
    private readonly Source[] rules;
    private readonly Source[] exceptions;
    private int added;
    private int moved;
    private (long, long) last = (long.MinValue, 0);

    public Merge(Compiled compiled, long from, long end, int budget)
    {
        this.compiled = compiled;
        this.end = Math.Min(end, Days.End);
        var share = Math.Max(1, budget / Math.Max(1, compiled.Rules.Length + compiled.ExceptionRules.Length));
        rules = [.. compiled.Rules.Select(r => new Source(r.Walk(from, end, share)))];
        exceptions = [.. compiled.ExceptionRules.Select(r => new Source(r.Walk(from, end, share)))];
        while (added < compiled.Added.Length && compiled.Added[added].Instant < from)
            added++;
        while (moved < compiled.Moved.Length && compiled.Moved[moved].Instant < from)
            moved++;
        foreach (var source in rules)
            source.MoveNext();
        foreach (var source in exceptions)
            source.MoveNext();
    }

    public long Instant { get; private set; }

    public long Wall { get; private set; }

    public int Change { get; private set; }

    public bool Exhausted { get; private set; }

    public bool MoveNext()
    {
        while (!Exhausted && Least())
        {
            if (Change >= 0)
                return true;
            if ((Instant, Wall) == last)
                continue;
            last = (Instant, Wall);
            if (!IsDropped())
                return !Exhausted;
        }

        return false;
    }

    // The earliest of what the sources have next; moves it on.
    private bool Least()
    {
        Source? source = null;
        var least = (Instant: end, Wall: long.MinValue);
        foreach (var rule in rules)
        {
            // What it would have had next is not known.
            if (rule.Exhausted)
                Exhausted = true;
            else if (rule.Has && rule.At.CompareTo(least) < 0)
                (source, least) = (rule, rule.At);
        }

        if (Exhausted)
            return false;
        var single = added < compiled.Added.Length && compiled.Added[added].CompareTo(least) < 0;
        if (single)
            least = compiled.Added[added];
        if (moved < compiled.Moved.Length && compiled.Moved[moved].Instant < end && compiled.Moved[moved].Instant <= least.Instant)
        {
            (Instant, Wall, Change) = compiled.Moved[moved++];
            return true;
        }

        (Instant, Wall) = least;
        Change = -1;
        if (single)
            added++;
        else
            source?.MoveNext();
        return single || source is not null;
    }

    private bool IsDropped()
    {
        if (Array.BinarySearch(compiled.DroppedWalls, Wall) >= 0 || Array.BinarySearch(compiled.DroppedInstants, Instant) >= 0
            || Array.BinarySearch(compiled.DroppedDays, (int)(Wall / Days.SecondsPerDay)) >= 0
            || compiled.ChangedWalls.ContainsKey(Wall) || compiled.ChangedInstants.ContainsKey(Instant))
            return true;
        foreach (var exception in exceptions)
        {
            while (exception.Has && exception.At.CompareTo((Instant, Wall)) < 0)
                exception.MoveNext();
            Exhausted |= exception.Exhausted;
            if (exception.Has && exception.At == (Instant, Wall))
                return true;
        }

        return false;
    }

    private sealed class Source(ZonedCursor cursor)
    {
        private ZonedCursor cursor = cursor;

        public bool Has { get; private set; }

        public (long Instant, long Wall) At => (cursor.Instant, cursor.Wall);

        public bool Exhausted => !Has && cursor.Exhausted;

        public void MoveNext() => Has = cursor.MoveNext();
    }
}
