using System.Buffers;

namespace Convene.Scheduling.Availability.Search;

// Ranges of instants in ticks, gathered in any order and then merged. They lie in the space that the caller lends, or in a rented array where that is too small.
internal ref struct TickRanges(Span<(long Start, long End)> space)
{
    private Span<(long Start, long End)> ranges = space;
    private (long Start, long End)[]? rented;
    private bool sorted = true;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<(long Start, long End)> All => ranges[..Count];

    // An empty range, or one that ends before it starts (a clock change swallowed it), adds nothing.
    public void Add(long start, long end)
    {
        if (start >= end)
            return;
        if (Count == ranges.Length)
            Grow();
        if (Count > 0 && start < ranges[Count - 1].Start)
            sorted = false;
        ranges[Count++] = (start, end);
    }

    // By start, disjoint, none touching the next.
    public void Merge()
    {
        if (!sorted)
            ranges[..Count].Sort();
        sorted = true;
        var kept = 0;
        for (var i = 1; i < Count; i++)
        {
            if (ranges[i].Start > ranges[kept].End)
                ranges[++kept] = ranges[i];
            else if (ranges[i].End > ranges[kept].End)
                ranges[kept].End = ranges[i].End;
        }

        Count = Math.Min(Count, kept + 1);
    }

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<(long Start, long End)>.Shared.Return(rented);
        rented = null;
    }

    private void Grow()
    {
        var larger = ArrayPool<(long Start, long End)>.Shared.Rent(Math.Max(64, ranges.Length * 2));
        ranges[..Count].CopyTo(larger);
        Dispose();
        ranges = rented = larger;
    }
}
