namespace Convene.Server.Storage;

/// What bookings read before they are decided, however many they are, in one round trip.
public static class BookingRows
{
    private static readonly string[] Numbered = ["entries", "participants", "letters"];

    /// Numbers for the rows that the bookings may add, so that all of these can be added in one round trip too.
    public sealed class Numbers(IEnumerable<(long Place, long First, long Count)> numbers)
    {
        private readonly Queue<long>[] left =
            [.. Numbered.Select((_, place) => new Queue<long>(from some in numbers where some.Place == place from n in Enumerable.Range(0, (int)some.Count) select some.First + n))];

        public long Entry() => left[0].Dequeue();

        public long Participant() => left[1].Dequeue();

        public long Letter() => left[2].Dequeue();
    }

    /// Holds these people's calendars (Revisions.Hold), and then answers questions about them.
    /// <param name="bookings">How many there may be.</param>
    /// <param name="guests">How many people they may invite.</param>
    public static async Task<(IReadOnlyList<IReadOnlyList<BusyTimes.Row>> Busy, Numbers Numbers)> Hold(
        Tx tx, IEnumerable<long> people, IReadOnlyList<BusyTimes.Question> questions, int bookings, int guests)
    {
        var wanted = people.Distinct().Order().ToArray();
        var numbers = (tx.Numbers(Numbered), new { count0 = bookings, count1 = guests, count2 = bookings });
        if (questions.Count == 0)
        {
            await using var few = await tx.Several((Revisions.Holding, new { wanted }), numbers);
            Revisions.IsHeld(tx, wanted, [.. await few.ReadAsync<long>()]);
            return ([], await Read(few));
        }

        IReadOnlyList<IReadOnlyList<BusyTimes.Row>> busy;
        Numbers made;
        await using (var found = await tx.Several((Revisions.Holding, new { wanted }), BusyTimes.AskEntries(questions), Schedules.AskBlocks(BusyTimes.Windows(questions)), numbers))
        {
            Revisions.IsHeld(tx, wanted, [.. await found.ReadAsync<long>()]);
            busy = BusyTimes.Answers(questions, [.. await found.ReadAsync<BusyTimes.Row>()], [.. await found.ReadAsync<AvailabilityRows.Rule>()]);
            made = await Read(found);
        }

        await BusyTimes.Veil(tx, questions, busy);
        return (busy, made);
    }

    private static async Task<Numbers> Read(Dapper.SqlMapper.GridReader found) => new([.. await found.ReadAsync<(long Place, long First, long Count)>()]);
}
