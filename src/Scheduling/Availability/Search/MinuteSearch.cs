using NodaTime;

namespace Convene.Scheduling.Availability.Search;

// A search in whole minutes since the Unix epoch; its starts are numbered from 0.
internal readonly struct MinuteSearch
{
    private static readonly long FirstMinute = Minutes.Floor(Instant.FromUtc(SlotSearch.FirstYear, 1, 1, 0, 0));
    private static readonly long LastMinute = Minutes.Floor(Instant.FromUtc(SlotSearch.LastYear + 1, 1, 1, 0, 0));

    // 2⁶⁴ ÷ step, rounded up: the upper half of its product with a number below 2³² is the quotient, exactly, and four times as fast as a division.
    private readonly ulong reciprocal;

    public MinuteSearch(SlotSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        (Step, Count, Length, Rule) = (Minutes.Of(search.Step), search.Count, Minutes.Of(search.Length), search.Rule);
        (Before, After) = (Minutes.Of(search.BufferBefore), Minutes.Of(search.BufferAfter));
        var first = search.First.ToUnixTimeTicks() / NodaConstants.TicksPerMinute;
        if (first - Before < FirstMinute || first + ((long)Step * Count) + Length + After > LastMinute)
            throw new ArgumentOutOfRangeException(nameof(search), search, $"A search lies in the years {SlotSearch.FirstYear} to {SlotSearch.LastYear}.");
        First = (int)first;
        reciprocal = Step == 1 ? 0 : (ulong.MaxValue / (uint)Step) + 1;
        Noticed = search.Earliest is { } earliest ? FromOn(Minutes.Ceiling(earliest)) : 0;
    }

    public int First { get; }

    public int Step { get; }

    public int Count { get; }

    public int Length { get; }

    public int Before { get; }

    public int After { get; }

    public WorkingHoursRule Rule { get; }

    // The number of the first start that is not too early; it may be none of them.
    public int Noticed { get; }

    public int Last => At(Count - 1);

    // How many words a set of starts has.
    public int Words => (Count + 63) >> 6;

    public int At(int n) => First + (n * Step);

    // How many whole steps there are in so many minutes; not negative.
    public int Steps(int minutes) => reciprocal == 0 ? minutes : (int)Math.BigMul(reciprocal, (ulong)minutes, out _);

    // The number of the first start that is not before a minute.
    public int FromOn(int minute) => minute <= First ? 0 : Steps(minute - First + Step - 1);

    // The number of the last start that is not after a minute; -1 if none is.
    public int UpTo(int minute) => minute < First ? -1 : Steps(minute - First);
}
