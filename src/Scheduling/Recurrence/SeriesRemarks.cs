using Convene.Scheduling.Recurrence.Walk;

namespace Convene.Scheduling.Recurrence;

// What RFC 5545 forbids or leaves undefined about a rule beside its start, and how it is taken here.
internal static class SeriesRemarks
{
    public static IReadOnlyList<RuleProblem> Of(Series series)
    {
        var remarks = new List<RuleProblem>();
        foreach (var rule in series.Rules.Concat(series.ExceptionRules))
        {
            Until(rule, series, remarks);
            if (series.IsDates && rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0)
                remarks.Add(new RuleProblem("BYHOUR", "BYHOUR, BYMINUTE and BYSECOND are ignored in a series of dates.", Mendable: true));
            if (series.IsDates && rule.Frequency < Frequency.Daily)
                remarks.Add(new RuleProblem("FREQ", "In a series of dates it should be DAILY or longer; each date counts once.", Mendable: true));
            if (rule.BySecond.Contains(60))
                remarks.Add(new RuleProblem("BYSECOND", "The leap second 60 is read as 59.", Mendable: true));
        }

        if (series.Rules.Count > 0 && !StartsItself(series))
            remarks.Add(new RuleProblem("DTSTART", "The rule does not give the start, which RFC 5545 leaves undefined: only what the rule gives is an occurrence.", Mendable: true));
        return remarks;
    }

    private static void Until(RecurrenceRule rule, Series series, List<RuleProblem> remarks)
    {
        if (rule.Until is not { } until)
            return;
        var due = series.IsDates ? UntilForm.Date : series.Zone is null ? UntilForm.Wall : UntilForm.Utc;
        if (until.Form == due)
            return;
        var reading = (due, until.Form) switch
        {
            (UntilForm.Date, _) => "In a series of dates it should be a date; its time is ignored.",
            (_, UntilForm.Date) => "It should have a time, as the start has; the whole day is included.",
            (UntilForm.Wall, _) => "In a floating series it should have no Z; it is read as floating.",
            _ => "In a series with a zone it should be in UTC, with a Z; it is read in that zone.",
        };
        remarks.Add(new RuleProblem("UNTIL", reading, Mendable: true));
    }

    private static bool StartsItself(Series series)
    {
        var start = Days.Seconds(series.Start);
        foreach (var rule in series.Rules)
        {
            var walk = new RuleCursor(new RulePlan(rule, start, series.IsDates), start, start, Expansion.UsualBudget);
            if (walk.MoveNext())
                return true;
        }

        return false;
    }
}
