using System.Numerics;

namespace Convene.Scheduling.Availability.Search;

// A search with people who need not all come, and an order of what it finds.
internal sealed class Ranking
{
    private readonly MinuteSearch search;
    private readonly Attendees attendees;
    private readonly SlotRank rank;
    private readonly Dictionary<Schedule, ulong[]> hours = [];
    private readonly ulong[] starts;
    private readonly ulong[][] free;
    private readonly Tally tally;

    public Ranking(SlotSearch search, Attendees attendees, SlotRank rank)
    {
        this.search = new MinuteSearch(search);
        this.attendees = attendees;
        this.rank = rank;
        starts = new ulong[Words];
        free = new ulong[attendees.Optional.Count][];
        tally = new Tally(Words, Math.Max(1, free.Length));
    }

    public RankedSlots Run()
    {
        if (!IntervalPath.All(search, starts) || !IntervalPath.KeepCommon(search, SlotFinder.Span(attendees.Required), HoursBind, starts))
            return new RankedSlots([], [], []);
        for (var p = 0; p < free.Length; p++)
        {
            free[p] = FreeOf(attendees.Optional[p]);
            tally.Add(free[p]);
        }

        tally.KeepAtLeast(attendees.Quorum - attendees.Required.Count, starts);
        var candidates = Candidates();
        var scores = Scores(candidates);
        var order = new long[candidates.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = ((long)scores[i] << 32) + i;
        Array.Sort(order);
        return new RankedSlots([.. order.Select(o => Slot(candidates[(int)(o & int.MaxValue)], scores[(int)(o & int.MaxValue)]))], attendees.Optional, free);
    }

    // Some more than there are starts for, as the tally wants it.
    private int Words => (search.Words + 3) & ~3;

    private bool HoursBind => rank != SlotRank.FewestOutOfHours;

    private (RankedSlot Slot, int Start) Slot(int start, int score) =>
        (new RankedSlot(Minutes.ToInstant(search.At(start)), score, attendees.Required.Count + tally.Of(start)), start);

    // Of the starts that suit the required people, those at which this one is free.
    private ulong[] FreeOf(PersonTime person)
    {
        var set = (ulong[])starts.Clone();
        if (HoursBind)
            Bits.And(set, HoursOf(person.Schedule));
        IntervalPath.ClearBlocks(search, person.Schedule, null, search.Before, search.After, set);
        IntervalPath.ClearBusyFromMany(search, person.Busy.Edges, set);
        return set;
    }

    private ulong[] HoursOf(Schedule schedule)
    {
        if (hours.TryGetValue(schedule, out var set))
            return set;
        set = new ulong[Words];
        IntervalPath.All(search, set);
        IntervalPath.KeepHours(search, schedule, set);
        return hours[schedule] = set;
    }

    private int[] Candidates()
    {
        var result = new int[Bits.Count(starts)];
        var n = 0;
        for (var w = 0; w < starts.Length; w++)
        {
            for (var word = starts[w]; word != 0; word &= word - 1)
                result[n++] = (w << 6) + BitOperations.TrailingZeroCount(word);
        }

        return result;
    }

    private int[] Scores(int[] candidates)
    {
        if (rank == SlotRank.Earliest)
            return [.. candidates.Select(c => c * search.Step)];
        var scores = new int[candidates.Length];
        foreach (var person in attendees.Required)
            Add(person, null, candidates, scores);
        for (var p = 0; p < free.Length; p++)
            Add(attendees.Optional[p], free[p], candidates, scores);
        return scores;
    }

    private void Add(PersonTime person, ulong[]? attends, int[] candidates, int[] scores)
    {
        var inHours = rank == SlotRank.FewestOutOfHours ? HoursOf(person.Schedule) : null;
        var pieces = rank == SlotRank.LeastFragmentation ? new FreePieces(person, search) : null;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (attends is not null && !Bits.Contains(attends, candidates[i]))
                continue;
            if (inHours is not null && !Bits.Contains(inHours, candidates[i]))
                scores[i]++;
            if (pieces is not null)
                scores[i] += pieces.MoreWithout(search.At(candidates[i]), search.At(candidates[i]) + search.Length);
        }
    }
}
