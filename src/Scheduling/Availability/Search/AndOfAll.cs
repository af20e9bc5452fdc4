using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Convene.Scheduling.Availability.Search;

internal static class AndOfAll
{
    // After so many people it is asked whether anything is left of a block.
    private const int Glance = 8;

    // Leaves in a set (whole blocks, bit 0 of it at a word of time) what is in all of these bitmaps. A block of a week stays in eight registers while everybody passes by.
    public static void Into(Span<ulong> set, ReadOnlySpan<TimeBits> all, int firstWord)
    {
        Debug.Assert(set.Length % TimeBits.Block == 0, "a set is whole blocks");
        for (var block = 0; block < set.Length; block += TimeBits.Block)
        {
            ref var to = ref MemoryMarshal.GetReference(set.Slice(block, TimeBits.Block));
            var a = Vector256.LoadUnsafe(ref to);
            var b = Vector256.LoadUnsafe(ref to, 4);
            var c = Vector256.LoadUnsafe(ref to, 8);
            var d = Vector256.LoadUnsafe(ref to, 12);
            var e = Vector256.LoadUnsafe(ref to, 16);
            var f = Vector256.LoadUnsafe(ref to, 20);
            var g = Vector256.LoadUnsafe(ref to, 24);
            var h = Vector256.LoadUnsafe(ref to, 28);
            for (var i = 0; i < all.Length; i++)
            {
                if (i % Glance == 0 && ((a | b) | (c | d) | (e | f) | (g | h)) == Vector256<ulong>.Zero)
                    break;
                // The slice is the check that the bitmap reaches so far.
                ref var from = ref MemoryMarshal.GetReference(all[i].Words.AsSpan(firstWord - all[i].FirstWord + block, TimeBits.Block));
                a &= Vector256.LoadUnsafe(ref from);
                b &= Vector256.LoadUnsafe(ref from, 4);
                c &= Vector256.LoadUnsafe(ref from, 8);
                d &= Vector256.LoadUnsafe(ref from, 12);
                e &= Vector256.LoadUnsafe(ref from, 16);
                f &= Vector256.LoadUnsafe(ref from, 20);
                g &= Vector256.LoadUnsafe(ref from, 24);
                h &= Vector256.LoadUnsafe(ref from, 28);
            }

            a.StoreUnsafe(ref to);
            b.StoreUnsafe(ref to, 4);
            c.StoreUnsafe(ref to, 8);
            d.StoreUnsafe(ref to, 12);
            e.StoreUnsafe(ref to, 16);
            f.StoreUnsafe(ref to, 20);
            g.StoreUnsafe(ref to, 24);
            h.StoreUnsafe(ref to, 28);
        }
    }
}
