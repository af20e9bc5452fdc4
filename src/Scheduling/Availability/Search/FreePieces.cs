using System.Runtime.InteropServices;

namespace Convene.Scheduling.Availability.Search;

// In which pieces somebody's free time lies: their hours less what the rules block and what entries take up, in whole minutes.
internal sealed class FreePieces
{
    private readonly List<int> edges;
    private int at;

    public FreePieces(PersonTime person, in MinuteSearch search)
    {
        // A minute more on both sides: where free time goes on beyond the search, it is not at its end.
        var (from, until) = (Minutes.ToTicks(search.First - 1), Minutes.ToTicks(search.Last + search.Length + 1));
        var hours = new TickRanges(stackalloc (long, long)[128]);
        person.Schedule.AddHours(from, until, ref hours);
        var open = Rounded(ref hours, inward: true);
        var blocks = new TickRanges(stackalloc (long, long)[64]);
        person.Schedule.AddBlocks(from, until, null, ref blocks);
        edges = Minus(CollectionsMarshal.AsSpan(Minus(CollectionsMarshal.AsSpan(open), CollectionsMarshal.AsSpan(Rounded(ref blocks, inward: false)))), person.Busy.Edges);
    }

    // In how many more pieces it lies without this stretch. The stretches that are asked about come in order.
    public int MoreWithout(int start, int end)
    {
        while (at < edges.Count && edges[at + 1] <= start)
            at += 2;
        var more = 0;
        for (var i = at; i < edges.Count && edges[i] < end; i += 2)
        {
            // A piece that begins within it loses its beginning; one that goes on behind it begins there anew.
            if (edges[i] >= start)
                more--;
            if (edges[i + 1] > end)
                more++;
        }

        return more;
    }

    private static List<int> Rounded(ref TickRanges ranges, bool inward)
    {
        ranges.Merge();
        var result = new List<int>(2 * ranges.Count);
        foreach (var (start, end) in ranges.All)
        {
            var (from, to) = inward ? (Minutes.Ceiling(start), Minutes.Floor(end)) : (Minutes.Floor(start), Minutes.Ceiling(end));
            if (from < to)
                result.AddRange([from, to]);
        }

        ranges.Dispose();
        return result;
    }

    private static List<int> Minus(ReadOnlySpan<int> pieces, ReadOnlySpan<int> taken)
    {
        var result = new List<int>();
        var next = 0;
        for (var i = 0; i < pieces.Length; i += 2)
        {
            var from = pieces[i];
            while (next < taken.Length && taken[next + 1] <= from)
                next += 2;
            for (var j = next; j < taken.Length && taken[j] < pieces[i + 1]; j += 2)
            {
                if (taken[j] > from)
                    result.AddRange([from, taken[j]]);
                from = Math.Max(from, taken[j + 1]);
            }

            if (from < pieces[i + 1])
                result.AddRange([from, pieces[i + 1]]);
        }

        return result;
    }
}
