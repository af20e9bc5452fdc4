using NodaTime;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>Calendars with something wrong with them: nothing but the reader's own error is ever thrown.</summary>
public sealed class FuzzTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private static readonly bool IsSlow = Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1";

    [CorpusFact]
    public void Mutations_of_the_corpus_are_read_or_refused_and_never_take_long()
    {
        var files = Corpus.Files;
        var (read, mended, refused, longest) = (0, 0, 0, TimeSpan.Zero);
        for (var seed = 0; seed < (IsSlow ? 100_000 : 2_000); seed++)
        {
            var random = new Random(seed);
            var text = Mutation.Of(files[random.Next(files.Length)].Content, files[random.Next(files.Length)].Content, random);
            var start = CpuTime.Now;
            try
            {
                Read(text, ReadingOptions.Strict);
                Read(text, ReadingOptions.Strict with { MaxLines = 1 + text.Length / 2, MaxDepth = 4 });
                read++;
            }
            catch (CalendarSyntaxException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, strict: {e.GetType()}", e);
            }
            try
            {
                mended += Read(text, ReadingOptions.Tolerant) > 0 ? 1 : 0;
            }
            catch (CalendarSyntaxException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, tolerant: {e.GetType()}", e);
            }

            // Time proves little on a busy machine, so it is asked only in the slow run, and again before it is believed.
            if (IsSlow && CpuTime.Now - start > Longest)
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Timed(text, seed).Ticks));
        }
        output.WriteLine($"{read} read, {mended} mended, {refused} refused; the longest over 50 ms: {longest.TotalMilliseconds:0} ms");
        read.ShouldBePositive();
        mended.ShouldBePositive();
        refused.ShouldBePositive();
    }

    private static TimeSpan Timed(byte[] text, int seed)
    {
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = CpuTime.Now;
            try
            {
                Read(text, ReadingOptions.Tolerant);
            }
            catch (CalendarSyntaxException)
            {
            }
            var took = CpuTime.Now - start;
            shortest = took < shortest ? took : shortest;
        }
        shortest.ShouldBeLessThan(Longest, $"seed {seed}, {text.Length} octets");
        return shortest;
    }

    /// <summary>Reads, understands, turns every time into an instant, expands a little; in the end writes and reads again.</summary>
    private static int Read(byte[] text, ReadingOptions options)
    {
        var reading = CalendarReader.Read(text, options);
        foreach (var calendar in reading.Calendars)
        {
            var contents = CalendarContents.Of(calendar);
            foreach (var item in contents.Items)
            {
                foreach (var time in (CalendarTime?[])[item.Start, item.End, item.RecurrenceId, .. item.ExceptionTimes, .. item.AddedTimes.Select(p => p.Start)])
                {
                    if (time is not { } known)
                        continue;
                    contents.ToInstant(known, DateTimeZone.Utc);
                    if (item.Length is { } length && known.Plus(length) is { } end)
                        contents.ToInstant(end, Examples.Berlin);
                }
            }
            CalendarBusyTime.Of(contents, new BusyQuestion { From = Instant.FromUtc(2025, 1, 1, 0, 0), Until = Instant.FromUtc(2025, 2, 1, 0, 0), Zone = Examples.Berlin, MostOccurrences = 1_000, Budget = 1 });
            foreach (var kind in (ItemKind[])[ItemKind.Event, ItemKind.Todo])
            {
                foreach (var series in CalendarSeries.Of(contents, kind, out _))
                {
                    foreach (var occurrence in series.Series.Expand(budget: 100).Take(10).Occurrences)
                        series.Series.EndOf(occurrence);
                }
            }
        }
        if (text.Length < 20_000)
        {
            var written = string.Concat(reading.Calendars.Select(ContentLines.Write));
            var again = CalendarReader.Read(written);
            var changed = reading.Calendars.Zip(again.Calendars).FirstOrDefault(pair => pair.First != pair.Second);
            if (changed.First is not null || again.Calendars.Length != reading.Calendars.Length)
                throw new InvalidOperationException($"It did not survive: {changed.First} became {changed.Second}");
        }
        return reading.MendCount;
    }
}
