using System.Collections;
using Convene.Scheduling.Availability.Search;

namespace Convene.Scheduling.Availability;

/// <summary>Slots, best first.</summary>
/// <remarks>Emptiness: no slot was found. Equality: by reference.</remarks>
public sealed class RankedSlots : IReadOnlyList<RankedSlot>
{
    private readonly (RankedSlot Slot, int Start)[] slots;
    private readonly IReadOnlyList<PersonTime> optional;
    private readonly ulong[][] free;

    internal RankedSlots((RankedSlot Slot, int Start)[] slots, IReadOnlyList<PersonTime> optional, ulong[][] free)
    {
        this.slots = slots;
        this.optional = optional;
        this.free = free;
    }

    /// <summary>How many there are.</summary>
    public int Count => slots.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There are not so many.</exception>
    public RankedSlot this[int index] => slots[index].Slot;

    /// <summary>Who of the optional people is not free then, in the order in which they were named.</summary>
    /// <param name="index">Which slot, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There are not so many.</exception>
    public IEnumerable<long> Unavailable(int index)
    {
        var start = slots[index].Start;
        return Enumerable.Range(0, free.Length).Where(p => !Bits.Contains(free[p], start)).Select(p => optional[p].PersonId);
    }

    /// <summary>All of them, in order.</summary>
    public IEnumerator<RankedSlot> GetEnumerator() => slots.Select(s => s.Slot).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
