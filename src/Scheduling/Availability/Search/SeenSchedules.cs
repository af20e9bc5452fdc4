using System.Runtime.CompilerServices;

namespace Convene.Scheduling.Availability.Search;

// Which schedules a search has met: each is read once, however many people share it. A hash table of people's numbers, in space that the caller lends.
internal readonly ref struct SeenSchedules(ReadOnlySpan<PersonTime> people, Span<int> space)
{
    private readonly ReadOnlySpan<PersonTime> people = people;
    private readonly Span<int> slots = space;

    // How much space so many people need: a power of two, at most half of it in use. It must be zeros.
    public static int Space(int people) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)people * 2);

    // Whether nobody before this person had their schedule; ask for everybody in turn.
    public bool IsNew(int person)
    {
        var schedule = people[person].Schedule;
        if (person > 0 && people[person - 1].Schedule == schedule)
            return false;
        for (var at = RuntimeHelpers.GetHashCode(schedule); ; at++)
        {
            ref var slot = ref slots[at & (slots.Length - 1)];
            if (slot == 0)
            {
                slot = person + 1;
                return true;
            }

            if (people[slot - 1].Schedule == schedule)
                return false;
        }
    }
}
