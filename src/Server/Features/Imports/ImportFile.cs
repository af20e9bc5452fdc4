using System.Security.Cryptography;
using System.Text;
using Convene.ICalendar;
using Convene.Scheduling.Booking;
using NodaTime;

namespace Convene.Server.Features.Imports;

/// A calendar file as it was read: what happens, by UID, and what had to be mended.
internal sealed class ImportFile
{
    private const int MostItems = 5_000;
    private const int MostMendsTold = 200;

    // Longer ones are no names any more; and an index of PostgreSQL takes 2,700 octets.
    private const int LongestUid = 255;

    private static readonly ReadingOptions Tolerant = ReadingOptions.Tolerant with { MaxMendsKept = MostMendsTold };

    private readonly List<string> mended = [];

    private readonly List<ImportGroup> groups = [];

    private readonly List<ImportItem> left = [];

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private readonly DateTimeZone zone;

    private readonly string owner;

    private ImportFile(DateTimeZone zone, string owner) => (this.zone, this.owner) = (zone, owner);

    /// NAME or X-WR-CALNAME of the first calendar that has one.
    public string? Name { get; private set; }

    /// In sentences, each with its line or item.
    public IReadOnlyList<string> Mended => mended;

    public IReadOnlyList<ImportGroup> Groups => groups;

    /// What is no event, or can't be one.
    public IReadOnlyList<ImportItem> Left => left;

    /// <param name="zone">For times that name none, and for whole days.</param>
    /// <param name="owner">The address of whose calendar it comes to: what they declined does not take their time.</param>
    public static Outcome<ImportFile> Read(ReadOnlySpan<byte> text, DateTimeZone zone, string owner)
    {
        CalendarReading reading;
        try
        {
            reading = CalendarReader.Read(text, Tolerant);
        }
        catch (CalendarSyntaxException e)
        {
            return new Refusals.Invalid("file", e.Message);
        }

        var items = reading.Calendars.Sum(c => c.Components.Count(i => i.Name.StartsWith('V') && i.Name != "VTIMEZONE"));
        if (items > MostItems)
            return new Refusals.Invalid("file", $"There are {items} items in this file; at most {MostItems} are imported at once. Split it.");
        var file = new ImportFile(zone, owner);
        file.mended.AddRange(reading.Mends.Select(m => $"Line {m.Line}: {m.What}"));
        foreach (var calendar in reading.Calendars)
            file.Add(CalendarContents.Of(calendar));
        if (reading.MendCount + file.mended.Count - reading.Mends.Length is var all && all > MostMendsTold)
        {
            if (file.mended.Count > MostMendsTold)
                file.mended.RemoveRange(MostMendsTold, file.mended.Count - MostMendsTold);
            file.mended.Add($"… and {all - MostMendsTold} more of the kind.");
        }

        return file;
    }

    /// A name that can be compared and kept, whatever stands in the file.
    public static string KeyOf(string uid) =>
        uid.Length <= LongestUid && !uid.Any(char.IsControl) ? uid : "sha256:" + Hash(uid);

    private void Add(CalendarContents contents)
    {
        Name ??= ImportTexts.Line(contents.Name, ImportTexts.LongestTitle) is { Length: > 0 } name ? name : null;
        if (contents.MethodName is "REPLY" or "COUNTER" or "REFRESH" or "DECLINECOUNTER")
        {
            left.AddRange(contents.Items.Select(i => Skip(i, "This is part of a talk about an invitation, not an event.")));
            return;
        }

        var series = CalendarSeries.Of(contents, ItemKind.Event, out var problems);
        mended.AddRange(contents.Problems.Concat(problems).Select(Sentence));
        var taken = new HashSet<CalendarItem>(ReferenceEqualityComparer.Instance);
        var here = new HashSet<(string, string)>();
        foreach (var one in series)
        {
            taken.Add(one.Item);
            taken.UnionWith(one.Changed);
            var group = Group(one, contents);
            // The same UID in two calendars, or an occurrence named in two ways.
            if (seen.Contains(group.Uid) || !here.Add((group.Uid, group.First.RecurrenceId)))
                left.AddRange(group.Parts.Select(p => Skip(p.Item, "It is in the file more than once.")));
            else
                groups.Add(group);
        }

        seen.UnionWith(here.Select(h => h.Item1));
        foreach (var item in contents.Items.Where(i => !taken.Contains(i)))
        {
            left.Add(item.Kind switch
            {
                ItemKind.Todo => Skip(item, "Tasks are not imported."),
                ItemKind.Journal => Skip(item, "Notes are not imported."),
                _ when item.Start is null => Skip(item, "It has no start that can be understood.", ImportAction.Refuse),
                _ => Skip(item, "It is in the file more than once; its newest version counts."),
            });
        }

        left.AddRange(contents.FreeBusy.Select(f => Skip(f.Uid, "Busy times without events are not imported.")));
        left.AddRange(contents.Availability.Select(a => Skip(a.Uid, "Availability is not imported.")));
    }

    private ImportGroup Group(CalendarSeries series, CalendarContents contents)
    {
        ImportPart[] parts = [.. series.Changed.Prepend(series.Item).Select(i => Part(i, contents)).DistinctBy(p => p.RecurrenceId, StringComparer.Ordinal)];
        // Who writes no UID gets one from what is in it, so that the same file is the same again.
        var uid = series.Item.Uid is { } named ? KeyOf(named) : "none:" + parts[0].Digest;
        return new ImportGroup(uid, series, contents, parts);
    }

    private ImportPart Part(CalendarItem item, CalendarContents contents)
    {
        var recurrenceId = item.RecurrenceId switch
        {
            null => "",
            { IsDate: true } date => date.ToString(),
            { } time => NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'").Format(contents.ToInstant(time, zone)),
        };
        var declined = item.Attendees.Any(a => a.PartStat == "DECLINED" && string.Equals(a.Email, owner, StringComparison.OrdinalIgnoreCase));
        var isBusy = !item.IsTransparent && !declined;
        return new ImportPart(item, recurrenceId, Digest(item, contents, isBusy), isBusy, item.IsCancelled || contents.Method == ItipMethod.Cancel);
    }

    /// Of all that becomes of it, and of nothing else: exports say a new DTSTAMP each time.
    private string Digest(CalendarItem item, CalendarContents contents, bool isBusy)
    {
        var text = new StringBuilder();
        void Say(string? value) => text.Append(value).Append('\u001f');
        void SayTime(CalendarTime? time)
        {
            Say(time?.ToString());
            Say(time is { } known ? (contents.Zones.ZoneOf(known) ?? zone).Id : null);
        }

        SayTime(item.RecurrenceId);
        SayTime(item.Start);
        SayTime(item.End);
        Say(item.Length?.ToString());
        Say(string.Join('\u001e', item.Rules));
        Say(string.Join('\u001e', item.ExceptionRules));
        foreach (var added in item.AddedTimes)
        {
            SayTime(added.Start);
            SayTime(added.End);
            Say(added.Length?.ToString());
        }

        Say("");
        foreach (var dropped in item.ExceptionTimes)
            SayTime(dropped);
        Say(isBusy ? "busy" : "free");
        Say(item.IsCancelled ? "cancelled" : "");
        Say(item.Summary);
        Say(item.Description);
        Say(item.Location);
        return Hash(text.ToString());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Sentence(ContentProblem problem) =>
        $"{problem.Component}{(problem.Uid is { } uid ? " " + ImportTexts.Line(uid, 100) : "")}, {problem.Property}: {problem.What}";

    private static ImportItem Skip(string? uid, string reason) => new() { Uid = ImportTexts.Line(uid, LongestUid), Title = "", Action = ImportAction.Skip, Reason = reason };

    private static ImportItem Skip(CalendarItem item, string reason, string action = ImportAction.Skip) => new()
    {
        Uid = ImportTexts.Line(item.Uid, LongestUid), Title = ImportTexts.Line(item.Summary, ImportTexts.LongestTitle), AllDay = item.Start is { IsDate: true }, Action = action, Reason = reason,
    };
}

/// One VEVENT of the file.
/// <param name="RecurrenceId">In UTC, or a date; empty: the whole.</param>
/// <param name="Digest">The same for what comes to the same.</param>
internal sealed record ImportPart(CalendarItem Item, string RecurrenceId, string Digest, bool IsBusy, bool IsCancelled);

/// What the file says under one UID: an event or series, and its changed occurrences; or one such occurrence without the rest.
/// <param name="Parts">The whole first.</param>
internal sealed record ImportGroup(string Uid, CalendarSeries Series, CalendarContents Contents, IReadOnlyList<ImportPart> Parts)
{
    public ImportPart First => Parts[0];

    /// A changed occurrence of something that the file does not have.
    public bool IsLone => First.RecurrenceId.Length > 0;
}
