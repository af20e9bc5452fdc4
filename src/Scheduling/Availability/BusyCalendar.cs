using Convene.Scheduling.Availability.Search;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>What takes up somebody's time, as searches read it: sorted disjoint ranges of whole minutes.</summary>
/// <remarks>
/// Bounds: half-open ranges. A search is on whole minutes, so its answer is the same whether a busy range ends within a minute or with it.
/// Emptiness: no ranges. Default value: <see cref="Empty"/>. Equality: by reference.
/// </remarks>
public sealed class BusyCalendar
{
    // Start, end, start, end, …: strictly ascending, so a minute is busy if the number of edges at or before it is odd.
    private readonly int[] edges;
    private TimeBits? free;

    private BusyCalendar(int[] edges) => this.edges = edges;

    /// <summary>Nothing takes up any time.</summary>
    public static BusyCalendar Empty { get; } = new([]);

    /// <summary>How many ranges there are.</summary>
    public int Count => edges.Length / 2;

    /// <summary>How much memory it takes up, in bytes, with its bitmap once that is drawn; about.</summary>
    public int Size => 64 + (sizeof(int) * edges.Length) + (sizeof(ulong) * (Free?.Words.Length ?? 0));

    /// <summary>The union of any ranges, in any order, overlapping or not, each rounded outward to whole minutes; empty ones add nothing.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ranges"/> is null.</exception>
    public static BusyCalendar Of(IEnumerable<TimeRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var merged = new List<int>();
        foreach (var (start, end) in ranges.Where(r => !r.IsEmpty).Select(r => (Minutes.Floor(r.Start), Minutes.Ceiling(r.End))).Order())
        {
            if (merged.Count > 0 && start <= merged[^1])
                merged[^1] = Math.Max(merged[^1], end);
            else if (start < end)
                merged.AddRange([start, end]);
        }

        return merged.Count == 0 ? Empty : new BusyCalendar([.. merged]);
    }

    /// <summary>Draws a bitmap of the free time over a horizon, so that searches within it are faster; once drawn it stays.</summary>
    /// <param name="horizon">How far.</param>
    /// <remarks>May be called from several threads at once.</remarks>
    public void DrawBitmap(TimeRange horizon)
    {
        var (from, until) = (Minutes.Floor(horizon.Start), Minutes.Ceiling(horizon.End));
        if (Free is { } drawn && drawn.Covers(from, until))
            return;
        var bits = new TimeBits(from, until, set: true);
        for (var i = 0; i < edges.Length; i += 2)
            bits.Clear(edges[i], edges[i + 1]);
        Volatile.Write(ref free, bits);
    }

    internal ReadOnlySpan<int> Edges => edges;

    internal TimeBits? Free => Volatile.Read(ref free);
}
