using System.Collections.Immutable;
using NodaTime;

namespace Convene.Scheduling.Time;

/// <summary>A set of instants as ranges: sorted, disjoint, none empty, none touching the next. Every operation is one pass over its operands.</summary>
/// <remarks>Bounds: half-open, as <see cref="TimeRange"/>. Emptiness: no ranges. Default value: <see cref="Empty"/> is the only empty set. Equality: by reference; compare <see cref="Ranges"/>.</remarks>
public sealed class TimeRanges
{
    private TimeRanges(ImmutableArray<TimeRange> ranges) => Ranges = ranges;

    /// <summary>No instants.</summary>
    public static TimeRanges Empty { get; } = new([]);

    /// <summary>The ranges, by start.</summary>
    public ImmutableArray<TimeRange> Ranges { get; }

    /// <summary>The union of any ranges, in any order, overlapping or not; empty ones add nothing.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="ranges"/> is null.</exception>
    public static TimeRanges Of(IEnumerable<TimeRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var result = ImmutableArray.CreateBuilder<TimeRange>();
        foreach (var range in ranges.Where(r => !r.IsEmpty).OrderBy(r => r.Start))
        {
            if (result.Count > 0 && range.Start <= result[^1].End)
                result[^1] = new TimeRange(result[^1].Start, Instant.Max(result[^1].End, range.End));
            else
                result.Add(range);
        }

        return result.Count == 0 ? Empty : new TimeRanges(result.DrainToImmutable());
    }

    /// <summary>What is in both.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public TimeRanges Intersect(TimeRanges other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var result = ImmutableArray.CreateBuilder<TimeRange>();
        for (int i = 0, j = 0; i < Ranges.Length && j < other.Ranges.Length;)
        {
            var (a, b) = (Ranges[i], other.Ranges[j]);
            if (a.Overlaps(b))
                result.Add(new TimeRange(Instant.Max(a.Start, b.Start), Instant.Min(a.End, b.End)));
            if (a.End < b.End)
                i++;
            else
                j++;
        }

        return result.Count == 0 ? Empty : new TimeRanges(result.DrainToImmutable());
    }

    /// <summary>What is in this and not in the other.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public TimeRanges Minus(TimeRanges other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var result = ImmutableArray.CreateBuilder<TimeRange>();
        var j = 0;
        foreach (var range in Ranges)
        {
            var from = range.Start;
            while (j < other.Ranges.Length && other.Ranges[j].End <= from)
                j++;
            for (var k = j; k < other.Ranges.Length && other.Ranges[k].Start < range.End; k++)
            {
                if (other.Ranges[k].Start > from)
                    result.Add(new TimeRange(from, other.Ranges[k].Start));
                from = Instant.Max(from, other.Ranges[k].End);
            }

            if (from < range.End)
                result.Add(new TimeRange(from, range.End));
        }

        return result.Count == 0 ? Empty : new TimeRanges(result.DrainToImmutable());
    }

    /// <summary>Whether every instant of <paramref name="range"/> is in the set; true for an empty range.</summary>
    public bool Covers(TimeRange range) => range.IsEmpty || Ranges.Any(r => r.Start <= range.Start && range.End <= r.End);

    /// <summary>Whether some instant of <paramref name="range"/> is in the set.</summary>
    public bool Overlaps(TimeRange range) => Ranges.Any(r => r.Overlaps(range));
}
