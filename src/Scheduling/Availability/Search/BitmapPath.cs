using System.Buffers;

namespace Convene.Scheduling.Availability.Search;

// The same answer from bitmaps that are drawn already, for searches on multiples of five minutes: everybody's free time in one AND after the other,
// then the runs that are long enough.
internal static class BitmapPath
{
    private const int MostOnStack = 512;

    // Null if the search is not on multiples of five minutes, or somebody's bitmaps are not drawn or don't reach far enough.
    public static SlotStarts? Find(in MinuteSearch search, ReadOnlySpan<PersonTime> people)
    {
        if (people.Length == 0 || people[0].Busy.Free is null || search.Rule != WorkingHoursRule.Contained || !IsOnFives(search) || search.Noticed >= search.Count)
            return null;
        // Three for each at most: free time and unblocked time from the front, open hours from the back.
        var bitmaps = ArrayPool<TimeBits>.Shared.Rent(3 * people.Length);
        var found = Gather(search, people, bitmaps, out var free, out var open) ? Find(search, bitmaps.AsSpan(0, free), bitmaps.AsSpan(open)) : null;
        ArrayPool<TimeBits>.Shared.Return(bitmaps, clearArray: true);
        return found;
    }

    private static bool IsOnFives(in MinuteSearch search) =>
        search.First % TimeBits.BitMinutes == 0 && search.Step % TimeBits.BitMinutes == 0 && search.Length % TimeBits.BitMinutes == 0
        && search.Before % TimeBits.BitMinutes == 0 && search.After % TimeBits.BitMinutes == 0;

    private static bool Gather(in MinuteSearch search, ReadOnlySpan<PersonTime> people, TimeBits[] bitmaps, out int free, out int open)
    {
        (free, open) = (0, bitmaps.Length);
        var (from, until) = (search.First - search.Before, search.Last + search.Length + search.After);
        var space = SeenSchedules.Space(people.Length);
        var rented = ArrayPool<int>.Shared.Rent(space);
        Array.Clear(rented, 0, space);
        var seen = new SeenSchedules(people, rented.AsSpan(0, space));
        var drawn = true;
        for (var i = 0; drawn && i < people.Length; i++)
        {
            // Each is taken once and then kept: another search may draw it anew, for another horizon.
            var (busy, schedule) = (people[i].Busy.Free, seen.IsNew(i) ? people[i].Schedule : null);
            var hours = schedule?.Bitmaps;
            drawn = busy is not null && busy.Covers(from, until) && (schedule is null || (hours is not null && hours.Cover(from, until)));
            if (!drawn)
                continue;
            bitmaps[free++] = busy!;
            if (hours is null)
                continue;
            bitmaps[--open] = hours.Open;
            if (hours.Unblocked is { } unblocked)
                bitmaps[free++] = unblocked;
        }

        ArrayPool<int>.Shared.Return(rented);
        return drawn;
    }

    private static SlotStarts Find(in MinuteSearch search, ReadOnlySpan<TimeBits> free, ReadOnlySpan<TimeBits> open)
    {
        var firstWord = (int)Math.Floor((search.First - search.Before) / (double)TimeBits.WordMinutes);
        var origin = firstWord * TimeBits.WordMinutes;
        var words = ((search.Last + search.Length + search.After - origin - 1) / TimeBits.WordMinutes) + 1;
        var padded = (words + TimeBits.Block - 1) / TimeBits.Block * TimeBits.Block;
        var rented = 2 * padded > MostOnStack ? ArrayPool<ulong>.Shared.Rent(2 * padded) : null;
        var space = rented is null ? stackalloc ulong[2 * padded] : rented.AsSpan(0, 2 * padded);
        var common = space[..padded];
        var hours = space[padded..];

        hours.Fill(ulong.MaxValue);
        AndOfAll.Into(hours, open, firstWord);
        // Without buffers, what is not in the hours can be left out from the beginning: most of a week is done after the first few people.
        var buffered = search.Before + search.After > 0;
        if (buffered)
            common.Fill(ulong.MaxValue);
        else
            hours.CopyTo(common);
        AndOfAll.Into(common, free, firstWord);
        common = common[..words];
        hours = hours[..words];
        Bits.KeepRuns(common, (search.Before + search.Length + search.After) / TimeBits.BitMinutes);
        if (buffered)
        {
            Bits.KeepRuns(hours, search.Length / TimeBits.BitMinutes);
            Bits.ShiftDown(hours, search.Before / TimeBits.BitMinutes);
            Bits.And(common, hours);
        }

        // A bit now stands for a slot's start less its buffer.
        KeepGrid(search, common, origin + search.Before);
        var found = SlotStarts.Of(common, origin + search.Before, TimeBits.BitMinutes);
        if (rented is not null)
            ArrayPool<ulong>.Shared.Return(rented);
        return found;
    }

    private static void KeepGrid(in MinuteSearch search, Span<ulong> starts, int origin)
    {
        var (first, last) = ((search.At(search.Noticed) - origin) / TimeBits.BitMinutes, (search.Last - origin) / TimeBits.BitMinutes);
        Bits.Clear(starts, 0, first - 1);
        Bits.Clear(starts, last + 1, int.MaxValue);
        var step = search.Step / TimeBits.BitMinutes;
        if (step == 1)
            return;
        var every = 0UL;
        for (var i = 0; i < 64; i += step)
            every |= 1UL << i;
        var next = first & 63;
        for (var w = first >> 6; w < starts.Length; w++)
        {
            starts[w] &= next < 64 ? every << next : 0;
            // Where the grid goes on in the next word.
            if (next < 64)
                next += (63 - next + step) / step * step;
            next -= 64;
        }
    }
}
