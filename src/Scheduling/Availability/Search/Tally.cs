using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Convene.Scheduling.Availability.Search;

// How many of some sets each number is in, for all numbers at once: plane p holds the bits of 2ᵖ of 64 counts in each word. Sets have a multiple of four words.
internal sealed class Tally(int words, int most)
{
    private readonly int planes = BitOperations.Log2((uint)most) + 1;
    private readonly ulong[] counts = new ulong[words * (BitOperations.Log2((uint)most) + 1)];

    public void Add(ReadOnlySpan<ulong> set)
    {
        var from = MemoryMarshal.Cast<ulong, Vector256<ulong>>(set);
        var to = MemoryMarshal.Cast<ulong, Vector256<ulong>>(counts.AsSpan());
        for (var v = 0; v < from.Length; v++)
        {
            var carry = from[v];
            for (var at = v; carry != Vector256<ulong>.Zero; at += from.Length)
            {
                var count = to[at];
                to[at] = count ^ carry;
                carry &= count;
            }
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
