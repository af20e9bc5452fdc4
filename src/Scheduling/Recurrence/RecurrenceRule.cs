using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>
/// A recurrence rule as data (RRULE, RFC 5545 §3.3.10 with its errata; RSCALE=GREGORIAN and SKIP, RFC 7529). Every single value is legal;
/// <see cref="Problems"/> tells whether they are together. Lists are sorted and without doubles; an empty one means that the part is absent.
/// </summary>
/// <remarks>Immutable. Equality: by meaning, that is by <see cref="ToString"/>.</remarks>
public sealed record RecurrenceRule
{
    internal const int MostSetPosition = 366;

    /// <summary>A rule without any other part: once each period, as its series begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frequency"/> is none.</exception>
    public RecurrenceRule(Frequency frequency) =>
        Frequency = Enum.IsDefined(frequency) ? frequency : throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "This is no frequency.");

    /// <summary>FREQ: how long a period is.</summary>
    public Frequency Frequency { get; }

    /// <summary>INTERVAL: every how many periods; 1 unless set, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Interval { get; init => field = AtLeastOne(value); } = 1;

    /// <summary>COUNT: how many occurrences there are, before exceptions are taken out; at least 1, null for no such end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? Count { get; init => field = value is { } count ? AtLeastOne(count) : null; }

    /// <summary>UNTIL: the last time that an occurrence may begin at, included; null for no such end.</summary>
    public Until? Until { get; init; }

    /// <summary>BYSECOND: 0 to 60. The leap second 60 means 59, as RFC 5545 §3.3.12 says for systems that have none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> BySecond { get; init => field = Numbers(value, 0, 60); } = [];

    /// <summary>BYMINUTE: 0 to 59.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByMinute { get; init => field = Numbers(value, 0, 59); } = [];

    /// <summary>BYHOUR: 0 to 23.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByHour { get; init => field = Numbers(value, 0, 23); } = [];

    /// <summary>BYDAY: days of the week; with numbers only in monthly rules and in yearly rules without <see cref="ByWeekNumber"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value has no day, or a number beyond ±53.</exception>
    public IReadOnlyList<WeekdayNumber> ByDay { get; init => field = Weekdays(value); } = [];

    /// <summary>BYMONTHDAY: 1 to 31, or -1 (the last day) to -31; not in weekly rules.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByMonthDay { get; init => field = Signed(value, 31); } = [];

    /// <summary>BYYEARDAY: 1 to 366, or -1 (31 December) to -366; not in daily, weekly and monthly rules.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByYearDay { get; init => field = Signed(value, 366); } = [];

    /// <summary>BYWEEKNO: 1 to 53, or -1 to -53; only in yearly rules. Week 1 is the first with four days in the year; it may begin in December.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByWeekNumber { get; init => field = Signed(value, 53); } = [];

    /// <summary>BYMONTH: 1 to 12.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> ByMonth { get; init => field = Numbers(value, 1, 12); } = [];

    /// <summary>BYSETPOS: which of a period's occurrences are taken, 1 to 366 from its start, -1 to -366 from its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of these.</exception>
    public IReadOnlyList<int> BySetPosition { get; init => field = Signed(value, MostSetPosition); } = [];

    /// <summary>WKST: the day that weeks begin on; Monday unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no day.</exception>
    public IsoDayOfWeek WeekStart { get; init => field = Day(value); } = IsoDayOfWeek.Monday;

    /// <summary>Whether RSCALE=GREGORIAN is written (RFC 7529). It changes nothing but that <see cref="Skip"/> may be.</summary>
    public bool NamesCalendar { get; init; }

    /// <summary>SKIP: what becomes of days that a month or year does not have; heeded in monthly and yearly rules.</summary>
    public Skip Skip { get; init; }

    /// <summary>Whether some occurrence is the last: COUNT or UNTIL is there.</summary>
    public bool Ends => Count is not null || Until is not null;

    /// <summary>Reads an RRULE value strictly, such as <c>FREQ=WEEKLY;BYDAY=MO,FR</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says which part is wrong and what would be right.</exception>
    public static RecurrenceRule Parse(string text) => TryParse(text, out var rule, out var problem) ? rule : throw new FormatException(problem.ToString());

    /// <summary>Reads an RRULE value strictly: whatever RFC 5545 forbids is a problem.</summary>
    /// <param name="text">At most 20,000 characters.</param>
    /// <param name="rule">The rule, if this is one.</param>
    /// <param name="problem">The first problem, if it is not.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RecurrenceRule? rule, [NotNullWhen(false)] out RuleProblem? problem)
    {
        var reading = Read(text);
        problem = reading.Problem ?? (reading.Mended.Count > 0 ? reading.Mended[0] : null);
        rule = problem is null ? reading.Rule : null;
        return rule is not null;
    }

    /// <summary>
    /// Reads an RRULE value as calendars in the wild have it: what is wrong but has one obvious meaning is read so, and told. That is: COUNT beside UNTIL
    /// (whichever ends first), BYSETPOS alone, SKIP without RSCALE, experimental parts (X-…, left out), empty parts, spaces around, and <c>RRULE:</c> before it.
    /// </summary>
    /// <param name="text">At most 20,000 characters.</param>
    public static RuleReading Read(string? text) => RuleText.Read(text);

    /// <summary>What is wrong with the parts together; empty for a legal rule. A series takes a rule whose problems are all mendable.</summary>
    public IReadOnlyList<RuleProblem> Problems()
    {
        var problems = new List<RuleProblem>();
        void Wrong(bool wrong, string part, string reason, bool mendable = false)
        {
            if (wrong)
                problems.Add(new RuleProblem(part, reason, mendable));
        }

        Wrong(ByWeekNumber.Count > 0 && Frequency != Frequency.Yearly, "BYWEEKNO", "It goes with FREQ=YEARLY only.");
        Wrong(ByYearDay.Count > 0 && Frequency is Frequency.Daily or Frequency.Weekly or Frequency.Monthly, "BYYEARDAY", "It does not go with FREQ=DAILY, WEEKLY or MONTHLY.");
        Wrong(ByMonthDay.Count > 0 && Frequency == Frequency.Weekly, "BYMONTHDAY", "It does not go with FREQ=WEEKLY.");
        var numbered = ByDay.Any(d => d.Number != 0);
        Wrong(numbered && Frequency is not (Frequency.Monthly or Frequency.Yearly), "BYDAY", "Days with a number go with FREQ=MONTHLY and YEARLY only; leave the number out.");
        Wrong(numbered && Frequency == Frequency.Yearly && ByWeekNumber.Count > 0, "BYDAY", "Days with a number do not go with BYWEEKNO; leave the number out.");
        Wrong(Count is not null && Until is not null, "COUNT", "Either COUNT or UNTIL can end a rule; whichever comes first is taken.", mendable: true);
        Wrong(BySetPosition.Count > 0 && !HasOtherBy, "BYSETPOS", "It picks from what another BY… part gives; there is none, so each period has one occurrence.", mendable: true);
        Wrong(Skip != Skip.Omit && !NamesCalendar, "SKIP", "It needs RSCALE=GREGORIAN beside it.", mendable: true);
        return problems;
    }

    /// <summary>As RFC 5545 writes it. Parts that say what holds anyway are left out, lists are in order.</summary>
    public override string ToString() => RuleText.Write(this);

    /// <summary>Whether both say the same.</summary>
    public bool Equals(RecurrenceRule? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private bool HasOtherBy =>
        BySecond.Count + ByMinute.Count + ByHour.Count + ByDay.Count + ByMonthDay.Count + ByYearDay.Count + ByWeekNumber.Count + ByMonth.Count > 0;

    private static int AtLeastOne(int value) => value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It must be at least 1.");

    private static int[] Signed(IReadOnlyList<int> values, int most)
    {
        if (values.Contains(0))
            throw new ArgumentOutOfRangeException(nameof(values), 0, $"Values are 1 to {most} or -1 to -{most}.");
        return Numbers(values, -most, most);
    }

    private static int[] Numbers(IReadOnlyList<int> values, int least, int most)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
            if (value < least || value > most)
                throw new ArgumentOutOfRangeException(nameof(values), value, $"Values are {least} to {most}.");
        return [.. values.Distinct().Order()];
    }

    private static WeekdayNumber[] Weekdays(IReadOnlyList<WeekdayNumber> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Day(value.Day);
            if (value.Number is < -53 or > 53)
                throw new ArgumentOutOfRangeException(nameof(values), value.Number, "Numbers of days are 1 to 53 or -1 to -53.");
        }

        return [.. values.Distinct().Order()];
    }

    private static IsoDayOfWeek Day(IsoDayOfWeek value) =>
        value is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "This is no day of the week.");
}
