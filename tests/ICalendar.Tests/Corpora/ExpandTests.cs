using NodaTime;

namespace Convene.ICalendar.Tests.Corpora;

public sealed class ExpandTests
{
    /// <summary>Occurrences on which two other engines agree: with overrides, EXDATE, RDATE. Floating times and dates are in UTC.</summary>
    [CorpusFact]
    public void Occurrences_are_those_that_others_find()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var line in Corpus.Lines("ics/expand.jsonl"))
        {
            var id = line.GetProperty("id").GetString()!;
            var expected = line.GetProperty("expected").EnumerateArray().Select(e => e.GetString()!).Order(StringComparer.Ordinal).ToArray();
            var found = Occurrences(id, At(line, "start"), At(line, "end")).Order(StringComparer.Ordinal).ToArray();
            if (!found.SequenceEqual(expected))
                wrong.Add($"{id}: missing {string.Join(' ', expected.Except(found).Take(5))}; extra {string.Join(' ', found.Except(expected).Take(5))}; {found.Length}/{expected.Length}");
            count++;
        }
        wrong.ShouldBeEmpty();
        count.ShouldBe(57);
    }

    private static IEnumerable<string> Occurrences(string id, Instant start, Instant end)
    {
        var file = Corpus.Files.Single(file => file.Id == id);
        foreach (var calendar in CalendarReader.Read(file.Content, ReadingOptions.Tolerant).Calendars)
        {
            foreach (var series in CalendarSeries.Of(CalendarContents.Of(calendar), ItemKind.Event, out _))
            {
                foreach (var occurrence in series.Series.Expand(start, end))
                    yield return $"{series.Item.Uid}|{Written(occurrence.Start)}";
            }
        }
    }

    private static string Written(Instant instant) => new CalendarTime(instant.InUtc().LocalDateTime, TimeForm.Utc).ToString();

    private static Instant At(System.Text.Json.JsonElement line, string name)
    {
        CalendarTime.TryParse(line.GetProperty(name).GetString(), null, out var time).ShouldBeTrue();
        return time.Local.InUtc().ToInstant();
    }
}
