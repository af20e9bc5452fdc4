using System.Numerics;

namespace Convene.Scheduling.Availability.Search;

// How many of some sets each number is in, for all numbers at once: plane p holds the bits of 2ᵖ of 64 counts in each word.
internal sealed class Tally(int words, int most)
{
    private readonly int planes = BitOperations.Log2((uint)most) + 1;
    private readonly ulong[] counts = new ulong[words * (BitOperations.Log2((uint)most) + 1)];

    public void Add(ReadOnlySpan<ulong> set)
    {
        for (var w = 0; w < words; w++)
        {
            var carry = set[w];
            for (var at = w; carry != 0; at += words)
                (counts[at], carry) = (counts[at] ^ carry, counts[at] & carry);
        }
    }

    public int Of(int n)
    {
        var count = 0;
        for (var p = 0; p < planes; p++)
            count |= (int)(counts[(p * words) + (n >> 6)] >> (n & 63) & 1) << p;
        return count;
    }

    // Leaves the numbers that are in at least so many.
    public void KeepAtLeast(int least, Span<ulong> set)
    {
        if (least <= 0)
            return;
        for (var w = 0; w < words; w++)
        {
            // Compared bit by bit, the lowest first: a higher one overrules what was found so far.
            var enough = ulong.MaxValue;
            for (var p = 0; p < planes; p++)
            {
                var plane = counts[(p * words) + w];
                enough = (least >> p & 1) == 0 ? plane | enough : plane & enough;
            }

            set[w] &= least >> planes == 0 ? enough : 0;
        }
    }
}
