using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Booking;

/// <summary>Makes a meeting longer by moving the meetings behind it, each as little as possible and no other.</summary>
public static class Extension
{
    /// <summary>At most so many meetings are pushed by one extension.</summary>
    public const int MostPushed = 100;

    // Orders of n meetings are tried in turn, and there are about 2ⁿ of them: what is not found after so many looks at busy ranges (some 20 ms) is as good as impossible.
    private const long MostLooks = 2_000_000;

    /// <summary>What has to move so that a meeting can last until a new end.</summary>
    /// <param name="meeting">The meeting, as it is.</param>
    /// <param name="newEnd">Its end to be; after its end.</param>
    /// <param name="movable">Meetings that may be pushed to later; those that are not in the way stay.</param>
    /// <param name="busy">The busy time of everybody in all of these meetings, from the meeting's end to <paramref name="limit"/>; the meetings' own ranges may be among it.</param>
    /// <param name="closed">What pushed meetings stay out of if they are of these people, though the extended one may last into it.</param>
    /// <param name="limit">No pushed meeting ends after it.</param>
    /// <returns>The new ranges by entry, the meeting's own first; or <see cref="Refusal.PeopleBusy"/>: who stands against it, with what.</returns>
    /// <remarks>
    /// The first meeting in the way starts when the extended one ends, or at the next time after it when everybody in it is free. A movable meeting that is in its way
    /// is pushed in turn; only if that can't be, the first one goes behind it. It is refused too if it takes more than <see cref="MostPushed"/> pushes. Cost: bounded,
    /// at most some two million comparisons; an order that is not found by then is not found.
    /// </remarks>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="newEnd"/> is not after the meeting's end.</exception>
    public static Outcome<Movable[]> Plan(Movable meeting, Instant newEnd, IReadOnlyList<Movable> movable, IReadOnlyList<BusyTime> busy, IReadOnlyList<BusyTime> closed, Instant limit)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(movable);
        ArgumentNullException.ThrowIfNull(busy);
        ArgumentNullException.ThrowIfNull(closed);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(newEnd, meeting.Range.End);

        var plan = new Attempt(meeting.EntryId, movable.Where(m => m.EntryId != meeting.EntryId), busy, closed, limit);
        var extended = meeting with { Range = new TimeRange(meeting.Range.Start, newEnd) };
        if (plan.Place(extended, new TimeRange(meeting.Range.End, newEnd)))
            return plan.Placed.Values.OrderBy(m => m.Range.Start).ToArray();
        return new Refusal.PeopleBusy(plan.InTheWay
            .GroupBy(b => b.PersonId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<BusyTime>)[.. g.OrderBy(b => b.Range.Start)]));
    }

    private sealed class Attempt(long extended, IEnumerable<Movable> movable, IReadOnlyList<BusyTime> busy, IReadOnlyList<BusyTime> closed, Instant limit)
    {
        private readonly Dictionary<long, Movable> movable = movable.ToDictionary(m => m.EntryId);
        private long looks;

        public Dictionary<long, Movable> Placed { get; } = [];

        public HashSet<BusyTime> InTheWay { get; } = [];

        // Places a meeting at its range, and pushes what is in the way of the part that it newly takes up.
        public bool Place(Movable meeting, TimeRange taken)
        {
            var before = Placed.ToArray();
            Placed[meeting.EntryId] = meeting;
            var blocking = Blocking(meeting, taken).ToArray();
            if (blocking.All(b => movable.ContainsKey(b.EntryId) && !Placed.ContainsKey(b.EntryId))
                && blocking.Select(b => b.EntryId).Distinct().Select(e => movable[e]).OrderBy(m => m.Range.Start).All(next => Placed.ContainsKey(next.EntryId) || Push(next, meeting.Range.End)))
                return true;

            InTheWay.UnionWith(blocking.Where(b => !movable.ContainsKey(b.EntryId) || before.Any(p => p.Key == b.EntryId)));
            Placed.Clear();
            foreach (var (entry, there) in before)
                Placed[entry] = there;
            return false;
        }

        private bool Push(Movable meeting, Instant earliest)
        {
            var start = earliest;
            while (start + meeting.Range.Length <= limit && Placed.Count <= MostPushed && looks < MostLooks)
            {
                var range = new TimeRange(start, start + meeting.Range.Length);
                if (Place(meeting with { Range = range }, range))
                    return true;
                // Behind the first thing that ends: nothing changes before.
                var ends = Blocking(meeting with { Range = range }, range).Select(b => b.Range.End).Where(e => e > start).ToArray();
                if (ends.Length == 0)
                    return false;
                start = ends.Min();
            }

            InTheWay.UnionWith(meeting.People.Select(p => new BusyTime(p, meeting.EntryId, meeting.Range)));
            return false;
        }

        // What takes the time of somebody in the meeting, with meetings that were placed already where they are now.
        private IEnumerable<BusyTime> Blocking(Movable meeting, TimeRange range)
        {
            looks += busy.Count + closed.Count + Placed.Count;
            var people = meeting.People.ToHashSet();
            foreach (var b in meeting.EntryId == extended ? busy : busy.Concat(closed))
            {
                if (b.EntryId != meeting.EntryId && !Placed.ContainsKey(b.EntryId) && people.Contains(b.PersonId) && b.Range.Overlaps(range))
                    yield return b;
            }

            foreach (var other in Placed.Values)
            {
                if (other.EntryId != meeting.EntryId && other.Range.Overlaps(range) && other.People.FirstOrDefault(people.Contains) is not 0 and var person)
                    yield return new BusyTime(person, other.EntryId, other.Range);
            }
        }
    }
}
