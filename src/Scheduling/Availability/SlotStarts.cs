using System.Collections;
using System.Numerics;
using Convene.Scheduling.Availability.Search;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>The starts of slots, ascending; each takes up four bytes.</summary>
/// <remarks>Emptiness: no slot was found. Equality: by reference.</remarks>
public sealed class SlotStarts : IReadOnlyList<Instant>
{
    private readonly int[] minutes;

    private SlotStarts(int[] minutes) => this.minutes = minutes;

    /// <summary>How many there are.</summary>
    public int Count => minutes.Length;

    internal static SlotStarts None { get; } = new([]);

    /// <summary>One of them.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There are not so many.</exception>
    public Instant this[int index] => Minutes.ToInstant(minutes[index]);

    /// <summary>All of them, in order.</summary>
    public IEnumerator<Instant> GetEnumerator()
    {
        foreach (var minute in minutes)
            yield return Minutes.ToInstant(minute);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SlotStarts Of(ReadOnlySpan<ulong> set, int origin, int unit)
    {
        var count = Bits.Count(set);
        if (count == 0)
            return None;
        var found = GC.AllocateUninitializedArray<int>(count);
        var n = 0;
        for (var w = 0; w < set.Length; w++)
        {
            for (var word = set[w]; word != 0; word &= word - 1)
                found[n++] = origin + (((w << 6) + BitOperations.TrailingZeroCount(word)) * unit);
        }

        return new SlotStarts(found);
    }
}
