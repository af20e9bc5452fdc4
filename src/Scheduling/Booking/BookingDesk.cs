using Convene.Scheduling.Time;

namespace Convene.Scheduling.Booking;

/// <summary>
/// Decides who can take part at a time. Pure: the caller holds the calendars' guards, reads their busy time, asks, and writes what was decided.
/// </summary>
public static class BookingDesk
{
    /// <summary>Seats <paramref name="people"/> at <paramref name="when"/>.</summary>
    /// <param name="when">Half-open. An empty range clashes with nothing.</param>
    /// <param name="people">Who is asked for; somebody named twice is seated once.</param>
    /// <param name="busy">The busy time of these people around <paramref name="when"/>, in any order; of other people or times: ignored.</param>
    /// <param name="policy">What to do about clashes.</param>
    /// <param name="except">An entry whose own busy time does not count: the meeting that is being moved never clashes with itself.</param>
    /// <returns>A seating, or <see cref="Refusal.PeopleBusy"/> if the policy is <see cref="ConflictPolicy.Reject"/> and anybody is busy.</returns>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    public static Outcome<Seating> Seat(
        TimeRange when, IReadOnlyList<long> people, IReadOnlyList<BusyTime> busy, ConflictPolicy policy, long? except = null)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(busy);

        var asked = people.Distinct().ToArray();
        var wanted = asked.ToHashSet();
        var clashes = busy
            .Where(b => b.EntryId != except && b.Range.Overlaps(when) && wanted.Contains(b.PersonId))
            .OrderBy(b => b.Range.Start)
            .ThenBy(b => b.EntryId)
            .GroupBy(b => b.PersonId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<BusyTime>)[.. g]);

        if (policy == ConflictPolicy.Reject && clashes.Count > 0)
            return new Refusal.PeopleBusy(clashes);

        long[] skipped = policy == ConflictPolicy.Skip ? [.. asked.Where(clashes.ContainsKey)] : [];
        return new Seating([.. asked.Except(skipped)], skipped, clashes);
    }

    /// <summary>Seats the people of a meeting that changes: those who take part already, and those who join.</summary>
    /// <param name="when">The time it will have.</param>
    /// <param name="held">The time it has taken up so far; null if none (it was cancelled). What overlapped it there is known and was allowed then: it is no reason now.</param>
    /// <param name="staying">Who takes part already and holds the time.</param>
    /// <param name="joining">Who is asked for anew; nobody of <paramref name="staying"/>.</param>
    /// <param name="busy">As in <see cref="Seat"/>, of all of them.</param>
    /// <param name="policy">Null: whoever stays and is busy stops it (moving throws nobody out unasked), whoever joins and is busy is skipped.</param>
    /// <param name="meeting">The meeting itself, whose own time does not count.</param>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    public static Outcome<Seating> Reseat(
        TimeRange when, TimeRange? held, IReadOnlyList<long> staying, IReadOnlyList<long> joining, IReadOnlyList<BusyTime> busy, ConflictPolicy? policy, long meeting)
    {
        ArgumentNullException.ThrowIfNull(busy);
        var news = held is { } before ? busy.Where(b => !b.Range.Overlaps(before)).ToArray() : busy;
        if (!Seat(when, staying, news, policy ?? ConflictPolicy.Reject, meeting).Is(out var stay, out var refusal)
            || !Seat(when, joining, busy, policy ?? ConflictPolicy.Skip, meeting).Is(out var join, out refusal))
            return refusal;
        return new Seating(
            [.. stay.Seated, .. join.Seated], [.. stay.Skipped, .. join.Skipped], stay.Clashes.Concat(join.Clashes).ToDictionary(c => c.Key, c => c.Value));
    }
}
