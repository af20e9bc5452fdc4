using Convene.Scheduling.Recurrence.Walk;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>
/// The occurrences of a series in a window, in order and each once, found as they are asked for; nothing is allocated for each. Finding the first costs the same
/// however long ago the series began. Every period looked at costs a step of the budget, and so do sixteen times of a day.
/// </summary>
/// <remarks>Default value: of no use. Get one from <see cref="Series.Expand"/>. A <c>foreach</c> that must know whether the budget sufficed uses the enumerator itself.</remarks>
public readonly struct Expansion
{
    /// <summary>Enough for a daily rule that matches once in 400 years; spent in some tens of milliseconds.</summary>
    public const int UsualBudget = 1_000_000;

    private readonly Series series;
    private readonly long from;
    private readonly long end;
    private readonly int budget;
    private readonly bool overlapping;

    internal Expansion(Series series, long from, long end, int budget, bool overlapping)
    {
        this.series = series;
        this.from = from;
        this.end = end;
        this.budget = budget;
        this.overlapping = overlapping;
    }

    /// <summary>Walks them once, from the start.</summary>
    public Enumerator GetEnumerator() => new(series, from, end, budget, overlapping);

    /// <summary>The first occurrences as a list.</summary>
    /// <param name="most">How many at most; 0 gives none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is negative.</exception>
    public Expanded Take(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var list = new List<Occurrence>();
        var all = GetEnumerator();
        while (all.MoveNext())
        {
            if (list.Count == most)
                return new Expanded(list, ExpansionEnd.Limited);
            list.Add(all.Current);
        }

        return new Expanded(list, all.BudgetSpent ? ExpansionEnd.BudgetSpent : ExpansionEnd.Complete);
    }

    /// <summary>The first occurrence; null if there is none, or none was found within the budget.</summary>
    public Occurrence? First()
    {
        var all = GetEnumerator();
        return all.MoveNext() ? all.Current : null;
    }

    /// <summary>Walks the occurrences. It is a mutable struct: keep it in a variable, don't copy it half-way.</summary>
    public struct Enumerator
    {
        private readonly Merge? merge;
        private readonly Series series;
        private readonly long onlyAfter;
        private ZonedCursor single;

        internal Enumerator(Series series, long from, long end, int budget, bool overlapping)
        {
            this.series = series;
            onlyAfter = overlapping ? from : long.MinValue;
            var earliest = overlapping ? from - series.MostSeconds : from;
            if (series.IsOneRule)
                single = series.Compiled.Rules[0].Walk(earliest, end, budget);
            else
                merge = new Merge(series.Compiled, earliest, end, budget);
        }

        /// <summary>The occurrence reached.</summary>
        public readonly Occurrence Current =>
            merge is null ? new Occurrence(single.Wall, single.Instant, -1) : new Occurrence(merge.Wall, merge.Instant, merge.Change);

        /// <summary>Whether the walk ended because the budget was spent. Then there may be more occurrences in the window.</summary>
        public readonly bool BudgetSpent => merge?.Exhausted ?? single.Exhausted;

        /// <summary>Goes to the next occurrence, if there is one.</summary>
        public bool MoveNext()
        {
            while (merge is null ? single.MoveNext() : merge.MoveNext())
                if (onlyAfter == long.MinValue || ReachesIn())
                    return true;
            return false;
        }

        private readonly bool ReachesIn()
        {
            var occurrence = Current;
            var bound = Instant.FromUnixTimeSeconds(onlyAfter - Days.UnixEpoch);
            return occurrence.Start >= bound || series.EndOf(occurrence) > bound;
        }
    }
}
