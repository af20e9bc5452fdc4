using System.Text.Json;
using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// A case of corpora/rrule: a series, and which occurrences other engines agree that it has.
internal sealed class CorpusCase(JsonElement json)
{
    public string Id => Text("id");

    public bool IsDates => Text("value") == "DATE";

    public string? Zone => json.GetProperty("tzid").GetString();

    public IReadOnlyList<string> Rules => List("rrule");

    public IReadOnlyList<string> Expected => List("expected");

    public IReadOnlyList<string> ExpectedUtc => List("expected_utc");

    public bool Complete => json.GetProperty("complete").GetBoolean();

    /// What RFC 5545 leaves undefined is not judged; nor are calendars other than the Gregorian one.
    public bool Judged => json.GetProperty("dtstart_synchronized").ValueKind != JsonValueKind.False && !IsForeign;

    public bool IsForeign => Rules.Any(r => r.Contains("RSCALE", StringComparison.Ordinal) && !r.Contains("RSCALE=GREGORIAN", StringComparison.Ordinal));

    public static IEnumerable<CorpusCase> All() =>
        Corpora.Lines("rrule/open-own.jsonl").Concat(Corpora.Lines("rrule/upstream/open-upstream.jsonl")).Select(line => new CorpusCase(line));

    public Series Series() => new(Wall(Text("dtstart")), Zone is null ? null : DateTimeZoneProviders.Tzdb[Zone], IsDates)
    {
        Rules = [.. Rules.Select(Rule)],
        ExceptionRules = [.. List("exrule").Select(Rule)],
        Added = [.. List("rdate").Select(d => new GivenTime(Wall(d), null))],
        Dropped = [.. List("exdate").Select(d => new GivenTime(Wall(d), null))],
    };

    public string Shown(Occurrence occurrence) => IsDates ? WallText.OfDate(occurrence.Wall.Date) : WallText.Of(occurrence.Wall);

    public static string ShownUtc(Occurrence occurrence) => WallText.Of(occurrence.Start.InUtc().LocalDateTime) + "Z";

    public override string ToString() => $"{Id}: {Text("dtstart")} {Zone} {string.Join(" ", Rules)}";

    private static RecurrenceRule Rule(string text) => RecurrenceRule.Read(text) is { Rule: { } rule } ? rule : throw new FormatException($"{text}: {RecurrenceRule.Read(text).Problem}");

    private static LocalDateTime Wall(string text) =>
        WallText.TryRead(text, out var wall) ? wall : WallText.TryReadDate(text, out var date) ? date.AtMidnight() : throw new FormatException(text);

    private string Text(string name) => json.GetProperty(name).GetString()!;

    private IReadOnlyList<string> List(string name) => json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(i => i.GetString()!)] : [];
}
