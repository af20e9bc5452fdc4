using Convene.ICalendar.Tests.Peers;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>The calendars of other projects' tests.</summary>
public sealed class CorpusTests
{
    // What four parsers let pass and RFC 5545 does not: blank lines, and \" in texts.
    private static readonly string[] ValidToOthers = ["5ade29d8f18632a1", "a3eed64d678bc014", "28f8dcad3de0c99f", "5b4e72bf8f6cc25d"];

    [CorpusFact]
    public void Valid_files_survive_read_write_read_with_the_same_meaning()
    {
        var valid = Corpus.Files.Where(file => file.Class == "valid").ToArray();
        valid.Length.ShouldBe(80);
        foreach (var file in valid)
        {
            var reading = CalendarReader.Read(file.Content, ReadingOptions.Tolerant);
            var again = Again(reading);
            again.Calendars.ShouldBe(reading.Calendars, file.Id);
            again.MendCount.ShouldBe(0, file.Id);
            foreach (var (before, after) in reading.Calendars.Zip(again.Calendars))
            {
                var contents = CalendarContents.Of(before);
                contents.Problems.ShouldBeEmpty(file.Id);
                Meaning.Of(CalendarContents.Of(after)).ShouldBe(Meaning.Of(contents), file.Id);
            }
            if (!ValidToOthers.Contains(file.Id))
                CalendarReader.Read(file.Content).Calendars.ShouldBe(reading.Calendars, file.Id);
        }
    }

    [CorpusFact]
    public void Other_files_give_a_clear_error_or_a_tolerant_reading_that_survives_too()
    {
        var others = Corpus.Files.Where(file => file.Class != "valid").ToArray();
        others.Length.ShouldBe(77);
        foreach (var file in others)
        {
            try
            {
                CalendarReader.Read(file.Content);
            }
            catch (CalendarSyntaxException mistake)
            {
                mistake.Line.ShouldBePositive(file.Id);
                mistake.Reason.ShouldNotBeEmpty(file.Id);
            }

            var reading = CalendarReader.Read(file.Content, ReadingOptions.Tolerant);
            var again = Again(reading);
            again.Calendars.ShouldBe(reading.Calendars, file.Id);
            again.MendCount.ShouldBe(0, file.Id);
            foreach (var (before, after) in reading.Calendars.Zip(again.Calendars))
                Meaning.Of(CalendarContents.Of(after)).ShouldBe(Meaning.Of(CalendarContents.Of(before)), file.Id);
        }
    }

    [CorpusFact(asksLibical: true)]
    public void Libical_accepts_what_is_written_of_valid_files()
    {
        foreach (var file in Corpus.Files.Where(file => file.Class == "valid"))
        {
            foreach (var calendar in CalendarReader.Read(file.Content, ReadingOptions.Tolerant).Calendars)
            {
                // libical has its own opinion about some files. What it finds in ours, it must have found in theirs.
                using var theirs = new LibicalCalendar(System.Text.Encoding.UTF8.GetString(file.Content));
                using var ours = new LibicalCalendar(ContentLines.Write(calendar));
                ours.ErrorCount.ShouldBeLessThanOrEqualTo(theirs.ErrorCount, $"{file.Id}: {ours.Rewritten}");
                ours.Events.Select(e => (e.Uid, e.Summary, e.Start, e.End)).ShouldBe(theirs.Events.Select(e => (e.Uid, e.Summary, e.Start, e.End)), file.Id);
            }
        }
    }

    private static CalendarReading Again(CalendarReading reading) =>
        CalendarReader.Read(string.Concat(reading.Calendars.Select(ContentLines.Write)));
}
