using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using Convene.Server.Features.Recurrence;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// Recurrences as RFC 5545 writes them: rules and times as text, basic (20300131T090000) or as ISO 8601 has them.
public static class RecurrenceDoor
{
    private const int MostRules = 20;
    private const int MostTimes = 10_000;
    private const int LongestRule = 20_000;
    private const int LongestTime = 100;

    private const string TimeFormats = "Use one of these formats instead: YYYYMMDDTHHMMSS, YYYYMMDD, YYYY-MM-DDThh:mm[:ss][+HH:MM|-HH:MM|Z], YYYY-MM-DD.";

    private static readonly Dictionary<string, bool> Values = new(StringComparer.OrdinalIgnoreCase) { ["DATE"] = true, ["DATE-TIME"] = false };

    public static async Task<IResult> Preview(HttpContext http, Visitors visitors, PreviewRecurrence preview)
    {
        if (visitors.TooManyPreviews(http) is { } tooMany)
            return tooMany;
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = Request(fields);
        return request is null || fields.Mistakes is not null ? Answers.Refuse(fields.Mistakes!) : Answers.Ok(preview.Handle(request));
    }

    private static PreviewRecurrence.Request? Request(Fields fields)
    {
        var mended = new List<string>();
        var given = When(fields, "dtstart", required: true);
        var isDates = fields.Choice("value", Values) ?? given?.IsDate ?? false;
        var zone = Zone(fields, given, isDates, mended);
        var rules = fields.Texts("rrule", MostRules, LongestRule, t => Rule(t, mended));
        var exceptionRules = fields.Texts("exrule", MostRules, LongestRule, t => Rule(t, mended));
        var added = fields.Texts("rdate", MostTimes, LongestTime, t => Time(t));
        var dropped = fields.Texts("exdate", MostTimes, LongestTime, t => Time(t));
        var (from, to) = (When(fields, "from"), When(fields, "to"));
        var limit = fields.Whole("limit", 1, PreviewRecurrence.MostOccurrences) ?? 100;
        if (given is not { } start || rules is null || exceptionRules is null || added is null || dropped is null || fields.Mistakes is not null)
            return null;

        if (!isDates && added.Any(a => a.IsDate))
            fields.Wrong("rdate", "A series of times is added to by times, not by dates.");
        if (isDates && added.Concat(dropped).Any(d => !d.IsDate))
            mended.Add("RDATE and EXDATE: In a series of dates they should be dates; their times are ignored.");
        if (!isDates && dropped.Any(d => d.IsDate))
            mended.Add("EXDATE: It should have a time, as the start has; all occurrences of that day are left out.");
        if (isDates && !start.IsDate)
            mended.Add("DTSTART: In a series of dates it should be a date; its time is ignored.");
        var (first, last) = (from?.Time.In(zone ?? DateTimeZone.Utc), to?.Time.In(zone ?? DateTimeZone.Utc));
        if (last <= first)
            fields.Wrong("to", "It must be after `from`.");
        if (fields.Mistakes is not null)
            return null;

        // A time with an offset is shown by the zone's clocks; dates are as they were written.
        var wall = isDates || start.Time.Offset is null || zone is null ? start.Time.Wall : start.Time.In(zone).InZone(zone).LocalDateTime;
        var series = new Series(isDates ? wall.Date.AtMidnight() : wall, zone, isDates)
        {
            Rules = rules,
            ExceptionRules = exceptionRules,
            Added = [.. added.Select(a => isDates ? a.AsDate : a.Time)],
            Dropped = [.. dropped.Where(d => isDates || !d.IsDate).Select(d => isDates ? d.AsDate : d.Time)],
            DroppedDates = isDates ? [] : [.. dropped.Where(d => d.IsDate).Select(d => d.Time.Wall.Date)],
        };
        return new PreviewRecurrence.Request(series, first, last, limit, mended);
    }

    private static DateTimeZone? Zone(Fields fields, Given? start, bool isDates, List<string> mended)
    {
        var name = fields.IsNull("tzid") ? null : fields.Text("tzid", blank: false, most: 100);
        var zone = ZoneNames.Find(name);
        if (name is not null && zone is null)
            fields.Wrong("tzid", $"\"{name}\" is not a known time zone. Use an IANA name such as \"Asia/Dhaka\" or \"UTC\", or a Windows name.");
        if (isDates)
        {
            if (zone is not null)
                mended.Add("TZID: A series of dates has no zone; it is ignored.");
            return null;
        }

        if (zone is not null || start?.Time.Offset is not { } offset)
            return zone;
        if (offset == Offset.Zero)
            return DateTimeZone.Utc;
        fields.Wrong("dtstart", "With an offset from UTC it needs a `tzid`: an offset does not say when clocks change.");
        return null;
    }

    private static (RecurrenceRule Rule, string? Mistake) Rule(string text, List<string> mended)
    {
        var reading = RecurrenceRule.Read(text);
        mended.AddRange(reading.Mended.Select(m => m.ToString()));
        return (reading.Rule!, reading.Problem?.ToString());
    }

    private static Given? When(Fields fields, string name, bool required = false)
    {
        if (fields.IsNull(name) && !required)
            return null;
        if (fields.Text(name, required, blank: false, most: LongestTime) is not { } text)
            return null;
        var (given, mistake) = Time(text);
        // These go through a zone, which needs a day more on either side; a start without an offset does not.
        if (mistake is null && (name != "dtstart" || given.Time.Offset is not null) && (given.Time.Wall.Year is < GivenTime.FirstYear or > GivenTime.LastYear))
            mistake = $"Ensure the year is from {GivenTime.FirstYear} to {GivenTime.LastYear}.";
        if (mistake is null)
            return given;
        fields.Wrong(name, mistake);
        return null;
    }

    private static (Given Given, string? Mistake) Time(string text)
    {
        // A period (RDATE) counts by its start.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var at = slash > 0 ? text[..slash] : text;
        GivenTime time;
        var isDate = true;
        if (WallText.TryReadDate(at, out var date) || Fields.TryDate(at, out date))
            time = new GivenTime(date.AtMidnight(), null);
        else
        {
            isDate = false;
            var utc = at.EndsWith('Z') || at.EndsWith('z');
            if (WallText.TryRead(utc ? at[..^1] : at, out var wall))
                time = new GivenTime(wall, utc ? Offset.Zero : null);
            else if (!Fields.TryTime(at, out time))
                return (default, "Datetime has wrong format. " + TimeFormats);
            time = time with { Wall = time.Wall.With(TimeAdjusters.TruncateToSecond) };
        }

        return (new Given(time, isDate), null);
    }

    private readonly record struct Given(GivenTime Time, bool IsDate)
    {
        public GivenTime AsDate => new(Time.Wall.Date.AtMidnight(), null);
    }
}
