using System.Buffers;
using System.Numerics;

namespace Convene.Scheduling.Availability.Search;

// Sets of starts, narrowed by hours and by sorted busy ranges. Right for every search; each method leaves the starts that pass, and says whether there are any.
internal static class IntervalPath
{
    // More people's tables than this are rented, so that the stack stays small.
    private const int MostOnStack = 2_048;

    // The starts that notice lets through.
    public static bool All(in MinuteSearch search, Span<ulong> starts)
    {
        starts.Clear();
        Bits.Set(starts, search.Noticed, search.Count - 1);
        return search.Noticed < search.Count;
    }

    // The starts at which all of these people can be met.
    public static bool KeepCommon(in MinuteSearch search, ReadOnlySpan<PersonTime> people, bool hours, Span<ulong> starts)
    {
        var space = SeenSchedules.Space(people.Length);
        var rented = space > MostOnStack ? ArrayPool<int>.Shared.Rent(space) : null;
        var slots = rented is null ? stackalloc int[space] : rented.AsSpan(0, space);
        slots.Clear();
        var seen = new SeenSchedules(people, slots);
        var any = true;
        // Hours first: they leave least, and a word without starts is not looked at again.
        for (var i = 0; any && i < people.Length; i++)
        {
            if (seen.IsNew(i))
                any = (!hours || KeepHours(search, people[i].Schedule, starts)) && ClearBlocks(search, people[i].Schedule, null, search.Before, search.After, starts);
        }

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        for (var i = 0; any && i < people.Length; i++)
            any = ClearBusy(search, people[i].Busy.Edges, search.Before, search.After, starts);
        return any;
    }

    // The starts that the schedule's hours let through.
    public static bool KeepHours(in MinuteSearch search, Schedule schedule, Span<ulong> starts)
    {
        var ranges = new TickRanges(stackalloc (long, long)[128]);
        schedule.AddHours(Minutes.ToTicks(search.First), Minutes.ToTicks(search.Last + search.Length), ref ranges);
        ranges.Merge();
        // Contained: the end too must lie within. Start: it may be the very end of the hours.
        var reserve = search.Rule == WorkingHoursRule.Contained ? search.Length : 0;
        var next = 0;
        foreach (var (start, end) in ranges.All)
        {
            var (from, to) = (search.FromOn(Minutes.Ceiling(start)), search.UpTo(Minutes.Floor(end) - reserve));
            if (from > to)
                continue;
            Bits.Clear(starts, next, from - 1);
            next = Math.Max(next, to + 1);
        }

        Bits.Clear(starts, next, search.Count - 1);
        ranges.Dispose();
        return starts.ContainsAnyExcept(0UL);
    }

    // Without the starts that the schedule's rules block; kind null: all of them.
    public static bool ClearBlocks(in MinuteSearch search, Schedule schedule, Obstacle? kind, int before, int after, Span<ulong> starts)
    {
        if (!schedule.HasBlocks)
            return true;
        var ranges = new TickRanges(stackalloc (long, long)[128]);
        schedule.AddBlocks(Minutes.ToTicks(search.First - before), Minutes.ToTicks(search.Last + search.Length + after), kind, ref ranges);
        ranges.Merge();
        var rented = ArrayPool<int>.Shared.Rent(2 * ranges.Count);
        var edges = rented.AsSpan(0, 2 * ranges.Count);
        for (var i = 0; i < ranges.Count; i++)
            (edges[2 * i], edges[(2 * i) + 1]) = (Minutes.Floor(ranges.All[i].Start), Minutes.Ceiling(ranges.All[i].End));
        ranges.Dispose();
        var any = ClearBusy(search, edges, before, after, starts);
        ArrayPool<int>.Shared.Return(rented);
        return any;
    }

    // Without the starts at which a slot with these buffers would overlap a range (edges: start, end, start, end, …, both ascending).
    public static bool ClearBusy(in MinuteSearch search, ReadOnlySpan<int> edges, int before, int after, Span<ulong> starts)
    {
        var (any, next, reach) = (0UL, 0, search.Length + after);
        for (var w = 0; w < starts.Length; w++)
        {
            var word = starts[w];
            if (word == 0)
                continue;
            var zero = search.At(w << 6);
            var last = zero + ((63 - BitOperations.LeadingZeroCount(word)) * search.Step);
            next = FirstEndingAfter(edges, next, zero + (BitOperations.TrailingZeroCount(word) * search.Step) - before);
            for (var i = next; i < edges.Length; i += 2)
            {
                // A slot may start when the range is over, or where it is over itself when the range begins.
                var from = edges[i] - reach + 1;
                if (from > last)
                    break;
                var low = from <= zero ? 0 : search.Steps(from - zero + search.Step - 1);
                var high = Math.Min(63, search.Steps(edges[i + 1] + before - 1 - zero));
                if (low <= high)
                    word &= ~(ulong.MaxValue >> (63 - (high - low)) << low);
                if (word == 0)
                    break;
            }

            starts[w] = word;
            any |= word;
        }

        return any != 0;
    }

    // The same for one person's own set, in which most starts are left: every range in turn, twice as fast there.
    public static void ClearBusyFromMany(in MinuteSearch search, ReadOnlySpan<int> edges, Span<ulong> starts)
    {
        var reach = search.Length + search.After;
        for (var i = FirstEndingAfter(edges, 0, search.First - search.Before); i < edges.Length; i += 2)
        {
            var from = search.FromOn(edges[i] - reach + 1);
            if (from >= search.Count)
                break;
            var to = search.UpTo(edges[i + 1] + search.Before - 1);
            if (from >> 6 == to >> 6 && from <= to)
                starts[from >> 6] &= ~(ulong.MaxValue >> (63 - (to - from)) << from);
            else
                Bits.Clear(starts, from, to);
        }
    }

    // The first range from this one on that ends after a minute: in leaps that double, then by halves.
    private static int FirstEndingAfter(ReadOnlySpan<int> edges, int range, int minute)
    {
        if (range >= edges.Length || edges[range + 1] > minute)
            return range;
        var leap = 2;
        while (range + leap < edges.Length && edges[range + leap + 1] <= minute)
        {
            range += leap;
            leap <<= 1;
        }

        var after = Math.Min(range + leap, edges.Length);
        while (after - range > 2)
        {
            var middle = ((range + after) >> 1) & ~1;
            if (edges[middle + 1] <= minute)
                range = middle;
            else
                after = middle;
        }

        return after;
    }
}
