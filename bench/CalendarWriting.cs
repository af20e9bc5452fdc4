using BenchmarkDotNet.Attributes;
using Convene.ICalendar;
using NodaTime;

namespace Convene.Bench;

/// Meetings to calendar text. Beside it: `/usr/bin/python3 bench/peer/write_ics.py`, the same events with python-icalendar.
[MemoryDiagnoser]
public class CalendarWriting
{
    private MeetingEvent[] meetings = [];

    [Params(1, 1000)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Setup() => meetings = Meetings(Events);

    [Benchmark]
    public byte[] Write() => CalendarText.WriteUtf8(ItipMethod.Publish, meetings);

    internal static MeetingEvent[] Meetings(int count)
    {
        var start = Instant.FromUtc(2030, 3, 4, 9, 0);
        return [.. Enumerable.Range(0, count).Select(i => new MeetingEvent
        {
            Uid = $"meeting-{i}",
            Stamp = start,
            Start = start + Duration.FromHours(i),
            End = start + Duration.FromHours(i + 1),
            Zone = DateTimeZoneProviders.Tzdb["America/New_York"],
            Summary = $"Planning, part {i}",
            Description = "Goals, people, dates; and what is left over from last time.",
            Location = "Office, 5th floor",
            Organizer = new CalendarUser("ana@example.com", "Ana"),
            Alarm = Duration.FromMinutes(30),
        })];
    }
}
