using BenchmarkDotNet.Attributes;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Bench;

/// The decision inside a booking: ten people, each with so many busy ranges around the time.
[MemoryDiagnoser]
public class Booking
{
    private static readonly long[] People = [.. Enumerable.Range(1, 10).Select(p => (long)p)];
    private static readonly Instant Start = Instant.FromUtc(2030, 3, 4, 9, 0);

    private BusyTime[] busy = [];

    [Params(0, 1, 10)]
    public int RangesEach { get; set; }

    [GlobalSetup]
    public void Setup() => busy =
    [
        .. from person in People
           from n in Enumerable.Range(0, RangesEach)
           let start = Start + Duration.FromMinutes(10 * n)
           select new BusyTime(person, (100 * person) + n, new TimeRange(start, start + Duration.FromMinutes(10))),
    ];

    [Benchmark]
    public Outcome<Seating> Seat() => BookingDesk.Seat(new TimeRange(Start, Start + Duration.FromHours(1)), People, busy, ConflictPolicy.Skip);
}
