using System.Numerics;
using System.Runtime.CompilerServices;

namespace Convene.Scheduling.Recurrence.Walk;

// The days of one period as bits: sorted and without doubles by nature, and nothing is allocated. A year and a week on either side fit.
[InlineArray(Words)]
internal struct DaySet
{
    public const int Words = 6;

    private ulong first;

    public void Clear() => ((Span<ulong>)this).Clear();

    public void Add(int day) => this[day >> 6] |= 1UL << day;

    public readonly bool Has(int day) => (this[day >> 6] & (1UL << day)) != 0;

    // From start (in) to end (out).
    public void AddRange(int start, int end)
    {
        for (var word = start >> 6; word << 6 < end; word++)
        {
            var bits = ulong.MaxValue;
            if (word == start >> 6)
                bits &= ulong.MaxValue << start;
            if (end - (word << 6) < 64)
                bits &= ~(ulong.MaxValue << end);
            this[word] |= bits;
        }
    }

    public void Keep(DaySet others)
    {
        for (var word = 0; word < Words; word++)
            this[word] &= others[word];
    }

    public void Join(DaySet others)
    {
        for (var word = 0; word < Words; word++)
            this[word] |= others[word];
    }

    // Only the days of the week in a mask (bit 0: Monday), the first bit being of this day of the week.
    public void KeepWeekdays(int mask, int firstWeekday)
    {
        for (var word = 0; word < Words; word++)
            if (this[word] != 0)
                this[word] &= Weekdays(mask, (firstWeekday + word) % 7); // 64 is one more than nine weeks
    }

    public readonly int Count()
    {
        var count = 0;
        for (var word = 0; word < Words; word++)
            count += BitOperations.PopCount(this[word]);
        return count;
    }

    // The first day from this one on, in so many words; -1 if there is none.
    public readonly int Next(int day, int words)
    {
        if (day >= words << 6)
            return -1;
        var word = day >> 6;
        var bits = this[word] & (ulong.MaxValue << day);
        while (bits == 0)
        {
            if (++word == words)
                return -1;
            bits = this[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    // The day with this many before it, of which there must be one.
    public readonly int Nth(int rank)
    {
        var word = 0;
        for (var count = BitOperations.PopCount(this[0]); rank >= count; count = BitOperations.PopCount(this[word]))
        {
            rank -= count;
            word++;
        }

        var bits = this[word];
        for (; rank > 0; rank--)
            bits &= bits - 1;
        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    private static ulong Weekdays(int mask, int firstWeekday)
    {
        // Every seventh bit, for each day of the week that bit 0 may be.
        const ulong EverySeventh = 0x8102040810204081;
        var bits = 0UL;
        for (var rest = (uint)mask; rest != 0; rest &= rest - 1)
            bits |= EverySeventh << ((BitOperations.TrailingZeroCount(rest) - firstWeekday + 7) % 7);
        return bits;
    }
}
