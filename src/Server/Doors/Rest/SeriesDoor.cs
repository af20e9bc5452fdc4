using System.Text.Json;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Recurrence;
using Convene.Server.Features;
using Convene.Server.Features.Recurrence;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// Meetings that repeat: the paths of single ones, with `recurrence` in the body, and `scope` in body or query.
internal static class SeriesDoor
{
    private const int LongestRule = 2_000;
    private const int LongestTime = 40;
    private const int MostTimes = 500;
    private const int MostInterval = 1_000;

    private static readonly Dictionary<string, SeriesConflict> Conflicts = new(StringComparer.Ordinal)
    {
        ["dates"] = SeriesConflict.Dates,
        ["person"] = SeriesConflict.Person,
    };

    private static readonly Dictionary<string, Scope> Scopes = new(StringComparer.Ordinal)
    {
        ["this"] = Scope.This,
        ["following"] = Scope.Following,
        ["all"] = Scope.All,
    };

    private static readonly Dictionary<string, Frequency> Frequencies = new(StringComparer.Ordinal)
    {
        ["daily"] = Frequency.Daily,
        ["weekly"] = Frequency.Weekly,
        ["monthly"] = Frequency.Monthly,
        ["yearly"] = Frequency.Yearly,
    };

    private static readonly Dictionary<string, MonthlyMode> Modes = new(StringComparer.Ordinal)
    {
        ["day_of_month"] = MonthlyMode.DayOfMonth,
        ["weekday"] = MonthlyMode.Weekday,
        ["last_day"] = MonthlyMode.LastDay,
    };

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// Null: it takes place once, or what was sent is wrong.
    public static Repetition? Repetition(Fields fields)
    {
        if (!fields.Has("recurrence") || fields.IsNull("recurrence"))
            return null;
        var sent = (JsonElement)fields.Raw("recurrence")!;
        if (sent.ValueKind != JsonValueKind.Object)
            return Rule(fields.Text("recurrence", blank: false, most: LongestRule), m => fields.Wrong("recurrence", m)) is { } plain ? new Repetition(plain, null, [], []) : null;

        var parts = new Fields(sent);
        var rule = parts.Has("rrule") ? Rule(parts.Text("rrule", blank: false, most: LongestRule), m => parts.Wrong("rrule", m)) : null;
        var form = parts.Has("rrule") ? null : Form(parts);
        var (added, dropped) = (parts.Texts("rdate", MostTimes, LongestTime, Time), parts.Texts("exdate", MostTimes, LongestTime, Time));
        if (parts.Mistakes is not { } mistakes)
            return new Repetition(rule, form, added!, dropped!);
        foreach (var (name, what) in mistakes.Fields)
            fields.Wrong("recurrence", $"{name}: {(what is IEnumerable<string> messages ? string.Join(' ', messages) : "Some items are wrong; times are written as 2027-01-12T09:00:00.")}");
        return null;
    }

    public static SeriesConflict Conflict(Fields fields) => fields.Choice("series_conflict", Conflicts) ?? SeriesConflict.Dates;

    public static Scope ReadScope(HttpContext http, Fields fields)
    {
        var query = http.Request.Query["scope"].ToString();
        if (fields.Has("scope") || query.Length == 0)
            return fields.Choice("scope", Scopes) ?? Scope.This;
        if (Scopes.TryGetValue(query, out var scope))
            return scope;
        fields.Wrong("scope", $"\"{query}\" is not a valid choice.");
        return Scope.This;
    }

    private static RecurrenceRule? Rule(string? text, Action<string> wrong)
    {
        const string Name = "RRULE:";
        if (text is null)
            return null;
        var value = text.StartsWith(Name, StringComparison.OrdinalIgnoreCase) ? text[Name.Length..] : text;
        if (RecurrenceRule.TryParse(value, out var rule, out var problem))
            return rule;
        wrong(problem.ToString());
        return null;
    }

    private static RuleForm? Form(Fields parts)
    {
        if (parts.Choice("frequency", Frequencies, required: true) is not { } frequency)
            return null;
        var weekdays = parts.Texts("weekdays", 7, LongestTime, t => (Array.IndexOf(Weekdays, t.ToLowerInvariant()), Array.IndexOf(Weekdays, t.ToLowerInvariant()) < 0 ? $"\"{t}\" is no day such as monday." : null));
        var form = new RuleForm
        {
            Frequency = frequency,
            Interval = parts.Whole("interval", 1, MostInterval) ?? 1,
            Weekdays = [.. (weekdays ?? []).Select(d => (IsoDayOfWeek)(d + 1)).Distinct()],
            Mode = parts.Choice("on", Modes) ?? MonthlyMode.DayOfMonth,
            Week = parts.Whole("week", -1, 4, nullable: true),
            Until = parts.IsNull("until") ? null : parts.Date("until"),
            Count = parts.Whole("count", 1, Features.Recurrence.Repetition.MostOccurrences, nullable: true),
        };
        if (form.Weekdays.Count > 0 && frequency != Frequency.Weekly)
            parts.Wrong("weekdays", "Only what repeats weekly has days of the week.");
        if (form.Week == 0)
            parts.Wrong("week", "It takes 1 to 4, or -1 for the last.");
        if (form.Until is not null && form.Count is not null)
            parts.Wrong("until", "It ends by date or by count, not both.");
        return form;
    }

    private static (LocalDateTime Time, string? Mistake) Time(string text) =>
        WallText.TryRead(text, out var wall) || Fields.TryTime(text, out var given) && given.Offset is null && Whole(given.Wall, out wall)
            ? (wall, null)
            : (default, "Use a time without an offset, such as 2027-01-12T09:00:00.");

    private static bool Whole(LocalDateTime time, out LocalDateTime whole)
    {
        whole = time.With(TimeAdjusters.TruncateToSecond);
        return true;
    }
}
