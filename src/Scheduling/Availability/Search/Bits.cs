using System.Numerics;

namespace Convene.Scheduling.Availability.Search;

// Sets of numbers from 0 as bits, the lowest bit of the first word being 0.
internal static class Bits
{
    // Sets the bits from one number to another, both in; what lies outside the set is left out.
    public static void Set(Span<ulong> set, int from, int to)
    {
        from = Math.Max(from, 0);
        to = Math.Min(to, (set.Length << 6) - 1);
        for (var w = from >> 6; from <= to; from = ++w << 6)
            set[w] |= Mask(from, to, w);
    }

    // Clears them.
    public static void Clear(Span<ulong> set, int from, int to)
    {
        from = Math.Max(from, 0);
        to = Math.Min(to, (set.Length << 6) - 1);
        for (var w = from >> 6; from <= to; from = ++w << 6)
            set[w] &= ~Mask(from, to, w);
    }

    public static bool Contains(ReadOnlySpan<ulong> set, int n) => (set[n >> 6] >> (n & 63) & 1) != 0;

    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
            count += BitOperations.PopCount(word);
        return count;
    }

    // Leaves what is in both; false if that is nothing.
    public static bool And(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var any = 0UL;
        for (var w = 0; w < set.Length; w++)
            any |= set[w] &= other[w];
        return any != 0;
    }

    // Leaves the numbers that begin a run of so many: log₂ passes.
    public static void KeepRuns(Span<ulong> set, int length)
    {
        for (var have = 1; have < length;)
        {
            var more = Math.Min(have, length - have);
            var (skip, shift) = (more >> 6, more & 63);
            for (var w = 0; w < set.Length; w++)
                set[w] &= Shifted(set, w + skip, shift);
            have += more;
        }
    }

    // Takes so much off every number; those below it are gone.
    public static void ShiftDown(Span<ulong> set, int by)
    {
        if (by == 0)
            return;
        for (var w = 0; w < set.Length; w++)
            set[w] = Shifted(set, w + (by >> 6), by & 63);
    }

    private static ulong Shifted(Span<ulong> set, int w, int shift)
    {
        var low = w < set.Length ? set[w] >> shift : 0;
        return shift == 0 || w + 1 >= set.Length ? low : low | (set[w + 1] << (64 - shift));
    }

    // Of the bits from one number to another, those in word w; there is at least one.
    private static ulong Mask(int from, int to, int w)
    {
        var (low, high) = (from - (w << 6), Math.Min(to - (w << 6), 63));
        return ulong.MaxValue >> (63 - (high - low)) << low;
    }
}
