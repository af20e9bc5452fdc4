using Convene.Scheduling.Availability;
using Convene.Server.Features.Availability;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// When people can be met: my own rules, and others' free and busy time.
public static class AvailabilityDoor
{
    private const int MostRanges = 100;
    private const int LongestReason = 500;

    private static readonly Dictionary<string, bool> Kinds = new(StringComparer.Ordinal)
    {
        ["hours"] = true,
        ["blocked"] = true,
        ["out_of_office"] = false,
    };

    public static async Task<IResult> Read(HttpContext http, ReadAvailability mine, ReadFreeBusy theirs)
    {
        var query = new Query(http.Request.Query);
        var zone = http.Actor().Zone;
        if (query.Text("user") is not { } user)
            return query.Mistakes is { } wrong ? Answers.Refuse(wrong) : Answers.Ok(await mine.Handle(http.Actor()));
        var request = new ReadFreeBusy.Request(
            http.Actor().Id, long.TryParse(user, out var id) ? id : null, user.ToLowerInvariant(),
            query.DayOrTime("from", zone, endOfDay: false), query.DayOrTime("to", zone, endOfDay: true));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await theirs.Handle(request));
    }

    public static async Task<IResult> Change(HttpContext http, ChangeAvailability change)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ChangeAvailability.Request
        {
            Zone = fields.Zone("timezone"),
            ChangeWeeklyHours = fields.Has("weekly_hours"),
            WeeklyHours = fields.IsNull("weekly_hours") ? null : fields.Objects("weekly_hours", MostRanges, Weekly),
            FocusTime = fields.Objects("focus_time", MostRanges, Weekly),
        };
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await change.Handle(http.Actor(), request));
    }

    public static async Task<IResult> ListOverrides(HttpContext http, ListOverrides list)
    {
        var query = new Query(http.Request.Query);
        var request = new ListOverrides.Request(query.Day("from"), query.Day("to"));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Ok(await list.Handle(http.Actor(), request));
    }

    public static async Task<IResult> ReadOverride(HttpContext http, long id, ReadOverride read) => Answers.Of(await read.Handle(http.Actor(), id));

    public static Task<IResult> CreateOverride(HttpContext http, SaveOverride save) => Save(http, save, null, StatusCodes.Status201Created);

    public static Task<IResult> ReplaceOverride(HttpContext http, long id, SaveOverride save) => Save(http, save, id, StatusCodes.Status200OK);

    public static async Task<IResult> DeleteOverride(HttpContext http, long id, DeleteOverride delete) =>
        Answers.Of(await delete.Handle(http.Actor(), id), _ => Results.NoContent());

    private static async Task<IResult> Save(HttpContext http, SaveOverride save, long? id, int status)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var kind = fields.Text("kind", required: true);
        var ofDate = fields.Choice("kind", Kinds) ?? true;
        var reason = fields.Emptiable("reason", LongestReason) ?? "";
        var (start, end) = ofDate || fields.Has("date") ? Days(fields, ofDate) : Times(fields, http.Actor().Zone);
        var hours = ofDate ? fields.Objects("hours", MostRanges, Range) : [];
        if (ofDate && !fields.Has("hours"))
            fields.Wrong("hours", "This field is required.");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        var request = new SaveOverride.Request(kind!, start, end, [.. hours!.Select(h => new DailyHours(Clock(h.StartTime), Clock(h.EndTime)))], reason);
        return await Repeats.Answer(http, () => save.Handle(http.Actor(), id, request), value => Answers.Ok(value, status));
    }

    /// Whole days: one for hours, as many as wanted for an absence.
    private static (LocalDateTime Start, LocalDateTime End) Days(Fields fields, bool one)
    {
        var first = fields.Date("date", required: true) ?? default;
        var last = (one ? null : fields.Date("end_date")) ?? first;
        if (last < first)
            fields.Wrong("end_date", "It must not be before date.");
        return (first.AtMidnight(), last.PlusDays(1).AtMidnight());
    }

    private static (LocalDateTime Start, LocalDateTime End) Times(Fields fields, DateTimeZone zone)
    {
        var (start, end) = (fields.Time("start_time", required: true), fields.Time("end_time", required: true));
        var (first, last) = (start?.In(zone).InZone(zone).LocalDateTime ?? default, end?.In(zone).InZone(zone).LocalDateTime ?? default);
        if (start is not null && end is not null && last <= first)
            fields.Wrong("end_time", "End time must be after start time.");
        return (first, last);
    }

    private static WeeklyRange? Weekly(Fields fields)
    {
        var day = fields.Whole("day_of_week", 0, 6);
        if (!fields.Has("day_of_week"))
            fields.Wrong("day_of_week", "This field is required.");
        return Range(fields) is { } range && day is { } number ? new WeeklyRange(number, range.StartTime, range.EndTime) : null;
    }

    private static ClockRange? Range(Fields fields)
    {
        var start = fields.TimeOfDay("start_time", required: true);
        var end = fields.TimeOfDay("end_time", required: true, closing: true);
        return start is null || end is null ? null : new ClockRange(start, end);
    }

    private static LocalTime Clock(string text) => NodaTime.Text.LocalTimePattern.ExtendedIso.Parse(text).Value;
}
