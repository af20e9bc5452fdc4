using System.Buffers;
using System.Runtime.InteropServices;
using Convene.Scheduling.Availability.Search;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>Finds times that suit people, and says why others do not: both by the same steps, from the same rules and busy time.</summary>
public static class SlotFinder
{
    // Starts of two weeks in quarter hours and more; a set of more words is rented.
    private const int MostWordsOnStack = 256;

    /// <summary>The starts on the grid at which everybody can be met, in order.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="people">Who is to be met; nobody: every start suits. If everybody's bitmaps are drawn (<see cref="PersonTime.DrawBitmaps"/>), reach far enough
    /// and the search is on multiples of five minutes, it is answered from them, with the same answer.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The search reaches beyond the years of <see cref="SlotSearch"/>.</exception>
    public static SlotStarts Find(SlotSearch search, IReadOnlyList<PersonTime> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var minutes = new MinuteSearch(search);
        return minutes.Count == 0 ? SlotStarts.None : Common(minutes, Span(people));
    }

    /// <summary>The starts on the grid at which all the required people can be met and, with the optional ones, so many as the quorum wants; best first.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="attendees">Who is to be met.</param>
    /// <param name="rank">What is best.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">Somebody is named twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quorum is negative or wants more people than are named; the search reaches beyond the years of <see cref="SlotSearch"/>.</exception>
    public static RankedSlots Best(SlotSearch search, Attendees attendees, SlotRank rank)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(attendees);
        var named = attendees.Required.Count + attendees.Optional.Count;
        ArgumentOutOfRangeException.ThrowIfNegative(attendees.Quorum, nameof(attendees));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attendees.Quorum, named, nameof(attendees));
        if (attendees.Required.Concat(attendees.Optional).Select(p => p.PersonId).Distinct().Count() < named)
            throw new ArgumentException("Somebody is named twice.", nameof(attendees));
        return new Ranking(search, attendees, rank).Run();
    }

    /// <summary>Why this person can't be met at this start; nothing if they can, and then exactly <see cref="Find"/> offers it if everybody else can too.</summary>
    /// <param name="start">Any whole minute, on the grid or not.</param>
    /// <param name="search">What is looked for; its grid does not matter.</param>
    /// <param name="person">Whom.</param>
    /// <returns>Each obstacle once, as <see cref="Obstacle"/> lists them. A buffer is one only where the slot itself is free.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The start is not a whole minute, or beyond the years of <see cref="SlotSearch"/>.</exception>
    public static IReadOnlyList<Obstacle> Explain(Instant start, SlotSearch search, PersonTime person)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(person);
        var one = new MinuteSearch(search with { First = start, Count = 1, Earliest = null });
        var obstacles = new List<Obstacle>();
        Span<ulong> at = stackalloc ulong[1];

        IntervalPath.All(one, at);
        if (!IntervalPath.KeepHours(one, person.Schedule, at))
            obstacles.Add(Obstacle.OutsideHours);
        IntervalPath.All(one, at);
        if (!IntervalPath.ClearBusy(one, person.Busy.Edges, 0, 0, at))
            obstacles.Add(Obstacle.Busy);
        foreach (var kind in (ReadOnlySpan<Obstacle>)[Obstacle.FocusTime, Obstacle.Blocked, Obstacle.OutOfOffice, Obstacle.CalendarUnreachable])
        {
            IntervalPath.All(one, at);
            if (!IntervalPath.ClearBlocks(one, person.Schedule, kind, 0, 0, at))
                obstacles.Add(kind);
        }

        IntervalPath.All(one, at);
        if (obstacles.TrueForAll(o => o == Obstacle.OutsideHours)
            && !(IntervalPath.ClearBusy(one, person.Busy.Edges, one.Before, one.After, at) && IntervalPath.ClearBlocks(one, person.Schedule, null, one.Before, one.After, at)))
            obstacles.Add(Obstacle.Buffer);
        if (start < search.Earliest)
            obstacles.Add(Obstacle.Notice);
        return obstacles;
    }

    internal static ReadOnlySpan<PersonTime> Span(IReadOnlyList<PersonTime> people) => people switch
    {
        PersonTime[] array => array,
        List<PersonTime> list => CollectionsMarshal.AsSpan(list),
        _ => people.ToArray(),
    };

    private static SlotStarts Common(in MinuteSearch search, ReadOnlySpan<PersonTime> people)
    {
        if (BitmapPath.Find(search, people) is { } drawn)
            return drawn;
        var rented = search.Words > MostWordsOnStack ? ArrayPool<ulong>.Shared.Rent(search.Words) : null;
        var starts = rented is null ? stackalloc ulong[search.Words] : rented.AsSpan(0, search.Words);
        var found = IntervalPath.All(search, starts) && IntervalPath.KeepCommon(search, people, hours: true, starts) ? SlotStarts.Of(starts, search.First, search.Step) : SlotStarts.None;
        if (rented is not null)
            ArrayPool<ulong>.Shared.Return(rented);
        return found;
    }
}
