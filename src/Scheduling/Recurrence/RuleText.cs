using System.Globalization;
using System.Text;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

// The text of rules, both ways (RFC 5545 §3.3.10, RFC 7529 §4.1). Names and keywords are read in either case.
internal static class RuleText
{
    // All values that a rule can have, once each, take about 15,000 characters.
    private const int Longest = 20_000;

    public static string Write(RecurrenceRule rule)
    {
        var text = new StringBuilder();
        if (rule.NamesCalendar)
            text.Append("RSCALE=GREGORIAN;");
        text.Append("FREQ=").Append(rule.Frequency.ToString().ToUpperInvariant());
        if (rule.Interval > 1)
            text.Append(";INTERVAL=").Append(rule.Interval);
        if (rule.Until is { } until)
            text.Append(";UNTIL=").Append(until.ToString());
        if (rule.Count is { } count)
            text.Append(";COUNT=").Append(count);
        List(text, "BYSECOND", rule.BySecond);
        List(text, "BYMINUTE", rule.ByMinute);
        List(text, "BYHOUR", rule.ByHour);
        List(text, "BYDAY", rule.ByDay);
        List(text, "BYMONTHDAY", rule.ByMonthDay);
        List(text, "BYYEARDAY", rule.ByYearDay);
        List(text, "BYWEEKNO", rule.ByWeekNumber);
        List(text, "BYMONTH", rule.ByMonth);
        List(text, "BYSETPOS", rule.BySetPosition);
        if (rule.WeekStart != IsoDayOfWeek.Monday)
            text.Append(";WKST=").Append(WeekdayNumber.Names[(int)rule.WeekStart - 1]);
        if (rule.Skip != Skip.Omit)
            text.Append(";SKIP=").Append(rule.Skip.ToString().ToUpperInvariant());
        return text.ToString();
    }

    public static RuleReading Read(string? text)
    {
        var mended = new List<RuleProblem>();
        try
        {
            var rule = Rule(Trimmed(text, mended), mended);
            var problems = rule.Problems();
            return problems.FirstOrDefault(p => !p.Mendable) is { } fatal ? new RuleReading(null, fatal, []) : new RuleReading(rule, null, [.. mended, .. problems]);
        }
        catch (WrongPartException wrong)
        {
            return new RuleReading(null, wrong.Problem, []);
        }
    }

    private static string Trimmed(string? text, List<RuleProblem> mended)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new WrongPartException("RRULE", "It is empty; write at least FREQ=DAILY.");
        if (text.Length > Longest)
            throw new WrongPartException("RRULE", $"It has {text.Length} characters; at most {Longest} are read.");
        var trimmed = text.Trim();
        if (trimmed.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[6..];
        if (trimmed.Length != text.Length)
            mended.Add(new RuleProblem("RRULE", "Leave out what is around the rule: spaces, or the property's name.", Mendable: true));
        return trimmed;
    }

    private static RecurrenceRule Rule(string text, List<RuleProblem> mended)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';'))
        {
            if (part.Length == 0)
            {
                mended.Add(new RuleProblem("RRULE", "There is an empty part; one semicolon between two parts is enough.", Mendable: true));
                continue;
            }

            var split = part.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0)
                throw new WrongPartException("RRULE", $"\"{Shown(part)}\" is no part of a rule; write NAME=value.");
            var name = part[..split].ToUpperInvariant();
            if (!parts.TryAdd(name, part[(split + 1)..]))
                throw new WrongPartException(name.Length > 20 ? "RRULE" : name, "It is there twice; once is right.");
        }

        foreach (var name in parts.Keys.Where(n => !Known.Contains(n)).ToList())
        {
            if (!name.StartsWith("X-", StringComparison.Ordinal))
                throw new WrongPartException("RRULE", $"\"{Shown(name)}\" is no part of a rule; there are {string.Join(", ", Known)}.");
            mended.Add(new RuleProblem("RRULE", $"{Shown(name)} is experimental and left out.", Mendable: true));
        }

        if (!parts.TryGetValue("FREQ", out var frequency))
            throw new WrongPartException("FREQ", "It is missing; write one of " + Frequencies + ".");
        // First of all: values of other calendars would be blamed else.
        var namesCalendar = parts.TryGetValue("RSCALE", out var calendar) && Calendar(calendar);
        return new RecurrenceRule(Word<Frequency>("FREQ", frequency, Frequencies))
        {
            Interval = One("INTERVAL", 1, int.MaxValue) ?? 1,
            Count = One("COUNT", 1, int.MaxValue),
            Until = parts.TryGetValue("UNTIL", out var until) ? End(until) : null,
            BySecond = Many("BYSECOND", 0, 60),
            ByMinute = Many("BYMINUTE", 0, 59),
            ByHour = Many("BYHOUR", 0, 23),
            ByDay = parts.TryGetValue("BYDAY", out var days) ? [.. days.Split(',').Distinct(StringComparer.Ordinal).Select(Weekday)] : [],
            ByMonthDay = Many("BYMONTHDAY", -31, 31),
            ByYearDay = Many("BYYEARDAY", -366, 366),
            ByWeekNumber = Many("BYWEEKNO", -53, 53),
            ByMonth = Many("BYMONTH", 1, 12),
            BySetPosition = Many("BYSETPOS", -RecurrenceRule.MostSetPosition, RecurrenceRule.MostSetPosition),
            WeekStart = parts.TryGetValue("WKST", out var start) ? DayOfWeek("WKST", start) : IsoDayOfWeek.Monday,
            NamesCalendar = namesCalendar,
            Skip = parts.TryGetValue("SKIP", out var skip) ? Word<Skip>("SKIP", skip, "OMIT, BACKWARD, FORWARD") : Skip.Omit,
        };

        int? One(string name, int least, int most) => parts.TryGetValue(name, out var value) ? Number(name, value, least, most) : null;

        int[] Many(string name, int least, int most) =>
            parts.TryGetValue(name, out var values) ? [.. values.Split(',').Distinct(StringComparer.Ordinal).Select(v => Number(name, v, least, most))] : [];
    }

    private const string Frequencies = "SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY";

    private static readonly string[] Known =
    [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST", "RSCALE", "SKIP",
    ];

    private static int Number(string name, string text, int least, int most)
    {
        // Signs only where they mean something: +1 is RFC 5545's, COUNT=+1 is not.
        var styles = least < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None;
        if (int.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most && (number != 0 || least == 0))
            return number;
        var right = least < 0 ? $"1 to {most} or -1 to {least}" : most == int.MaxValue ? $"a whole number from {least} to {most}" : $"{least} to {most}";
        throw new WrongPartException(name, $"\"{Shown(text)}\" is none of its values: {right}.");
    }

    private static T Word<T>(string name, string text, string right)
        where T : struct, Enum =>
        text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : throw new WrongPartException(name, $"\"{Shown(text)}\" is none of {right}.");

    private static bool Calendar(string text) => text.Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase)
        ? true : throw new WrongPartException("RSCALE", $"The calendar \"{Shown(text)}\" is not known here; GREGORIAN is.");

    private static Until End(string text)
    {
        if (WallText.TryReadDate(text, out var date))
            return Until.Of(date);
        var utc = text.EndsWith('Z') || text.EndsWith('z');
        if (WallText.TryRead(utc ? text[..^1] : text, out var wall))
            return new Until(wall, utc ? UntilForm.Utc : UntilForm.Wall);
        throw new WrongPartException("UNTIL", $"\"{Shown(text)}\" is no date or time; write 20301231, 20301231T090000 or 20301231T090000Z.");
    }

    private static WeekdayNumber Weekday(string text)
    {
        if (text.Length < 2)
            throw new WrongPartException("BYDAY", $"\"{Shown(text)}\" is no day; write MO to SU, with a number before it or without.");
        var day = DayOfWeek("BYDAY", text[^2..]);
        return text.Length == 2 ? day : new WeekdayNumber(day, Number("BYDAY", text[..^2], -53, 53));
    }

    private static IsoDayOfWeek DayOfWeek(string part, string text)
    {
        var index = Array.FindIndex(WeekdayNumber.Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? (IsoDayOfWeek)(index + 1) : throw new WrongPartException(part, $"\"{Shown(text)}\" is none of MO, TU, WE, TH, FR, SA, SU.");
    }

    private static void List<T>(StringBuilder text, string name, IReadOnlyList<T> values)
    {
        if (values.Count > 0)
            text.Append(';').Append(name).Append('=').AppendJoin(',', values);
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private sealed class WrongPartException(string part, string reason) : Exception
    {
        public RuleProblem Problem { get; } = new(part, reason);
    }
}
