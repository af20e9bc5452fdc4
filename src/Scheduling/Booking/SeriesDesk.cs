using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Booking;

/// <summary>Decides who can take part in each occurrence of a series: all of them at once, so that no later date is a surprise. Pure, as the <see cref="BookingDesk"/>.</summary>
public static class SeriesDesk
{
    /// <summary>Seats <paramref name="people"/> at each of <paramref name="occurrences"/>.</summary>
    /// <param name="occurrences">By start; half-open. None: nobody is seated, nobody is busy.</param>
    /// <param name="people">Who is asked for; somebody named twice is seated once.</param>
    /// <param name="busy">The busy time of these people around the occurrences, in any order; of other people or times: ignored.</param>
    /// <param name="policy">What to do about clashes.</param>
    /// <param name="conflict">Where <paramref name="policy"/> skips: from what.</param>
    /// <param name="except">Entries whose own busy time does not count: the series that is being moved never clashes with itself.</param>
    /// <param name="held">For each occurrence the time it has taken up so far; null: none, it is new. What overlapped it there is known and was allowed then: it is no reason now.</param>
    /// <returns>A seating, or <see cref="Refusal.PeopleBusy"/> if the policy is <see cref="ConflictPolicy.Reject"/> and anybody is busy at any of them.</returns>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="occurrences"/> are not by start, or <paramref name="held"/> are not as many.</exception>
    public static Outcome<SeriesSeating> Seat(
        IReadOnlyList<TimeRange> occurrences, IReadOnlyList<long> people, IReadOnlyList<BusyTime> busy, ConflictPolicy policy, SeriesConflict conflict,
        IReadOnlySet<long>? except = null, IReadOnlyList<TimeRange?>? held = null)
    {
        ArgumentNullException.ThrowIfNull(occurrences);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(busy);
        for (var i = 1; i < occurrences.Count; i++)
        {
            if (occurrences[i].Start < occurrences[i - 1].Start)
                throw new ArgumentException("The occurrences are not by start.", nameof(occurrences));
        }

        if (held is not null && held.Count != occurrences.Count)
            throw new ArgumentException("One time for each occurrence, or null.", nameof(held));

        var asked = people.Distinct().ToArray();
        var (clashes, times) = Clashes(occurrences, asked.ToHashSet(), busy, except, held);
        if (policy == ConflictPolicy.Reject && clashes.Count > 0)
            return new Refusal.PeopleBusy(clashes);

        var skips = policy == ConflictPolicy.Skip;
        long[] skipped = skips ? [.. asked.Where(p => times.TryGetValue(p, out var at) && (conflict == SeriesConflict.Person || at.Count == occurrences.Count))] : [];
        var skippedAt = skips ? times.Where(t => !skipped.Contains(t.Key)).ToDictionary(t => t.Key, t => (IReadOnlyList<int>)[.. t.Value]) : [];
        var left = asked.Except(skipped).ToArray();
        var seated = Enumerable.Range(0, occurrences.Count)
            .Select(i => (IReadOnlyList<long>)(skips ? [.. left.Where(p => !times.TryGetValue(p, out var at) || !at.Contains(i))] : left)).ToArray();
        return new SeriesSeating(seated, skipped, skippedAt, clashes);
    }

    private static (Dictionary<long, IReadOnlyList<BusyTime>> Clashes, Dictionary<long, SortedSet<int>> Times) Clashes(
        IReadOnlyList<TimeRange> occurrences, HashSet<long> wanted, IReadOnlyList<BusyTime> busy, IReadOnlySet<long>? except, IReadOnlyList<TimeRange?>? held)
    {
        var longest = occurrences.Aggregate(Duration.Zero, (most, o) => Duration.Max(most, o.Length));
        var clashes = new Dictionary<long, IReadOnlyList<BusyTime>>();
        var times = new Dictionary<long, SortedSet<int>>();
        foreach (var b in busy.OrderBy(b => b.Range.Start).ThenBy(b => b.EntryId))
        {
            if (except?.Contains(b.EntryId) == true || !wanted.Contains(b.PersonId))
                continue;
            var isClash = false;
            // None that begins so early reaches into it.
            for (var i = FirstFrom(occurrences, b.Range.Start - longest); i < occurrences.Count && occurrences[i].Start < b.Range.End; i++)
            {
                if (!occurrences[i].Overlaps(b.Range) || (held?[i] is { } before && before.Overlaps(b.Range)))
                    continue;
                isClash = true;
                if (!times.TryGetValue(b.PersonId, out var at))
                    times[b.PersonId] = at = [];
                at.Add(i);
            }

            if (!isClash)
                continue;
            if (!clashes.TryGetValue(b.PersonId, out var list))
                clashes[b.PersonId] = list = new List<BusyTime>();
            ((List<BusyTime>)list).Add(b);
        }

        return (clashes, times);
    }

    private static int FirstFrom(IReadOnlyList<TimeRange> occurrences, Instant start)
    {
        var (low, high) = (0, occurrences.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (occurrences[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
