using BenchmarkDotNet.Attributes;
using Convene.ICalendar;

namespace Convene.Bench;

/// Calendar text to components, and to items with their values. Beside it: `/usr/bin/python3 bench/peer/read_ics.py`, the same text with python-icalendar.
[MemoryDiagnoser]
public class CalendarReadings
{
    private byte[] text = [];

    [Params(1, 1000)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        text = CalendarText.WriteUtf8(ItipMethod.Publish, CalendarWriting.Meetings(Events));
        if (Environment.GetEnvironmentVariable("BENCH_ICS") is { } file && Events == 1000)
            File.WriteAllBytes(file, text);
    }

    [Benchmark]
    public CalendarReading Read() => CalendarReader.Read(text);

    [Benchmark]
    public CalendarContents ReadAndUnderstand() => CalendarContents.Of(CalendarReader.Read(text, ReadingOptions.Tolerant).Calendars[0]);
}
