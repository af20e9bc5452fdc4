using System.Diagnostics;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

public sealed class CorpusTests
{
    [CorporaFact]
    public void Every_judged_case_is_as_other_engines_agree()
    {
        var cases = CorpusCase.All().Where(c => c.Judged).ToList();
        cases.Count.ShouldBeGreaterThan(3000);
        var wrong = cases.Select(Difference).Where(d => d is not null).ToList();
        wrong.ShouldBeEmpty();
    }

    [CorporaFact]
    public void A_rule_of_another_calendar_is_refused_by_its_name()
    {
        foreach (var foreign in CorpusCase.All().Where(c => c.IsForeign))
            RecurrenceRule.Read(foreign.Rules[0]).Problem.ShouldNotBeNull().Part.ShouldBe("RSCALE");
    }

    private static string? Difference(CorpusCase test)
    {
        try
        {
            var series = test.Series();
            var found = series.Expand().Take(test.Complete ? test.Expected.Count + 10 : test.Expected.Count);
            var shown = found.Occurrences.Select(test.Shown).ToList();
            if (!shown.SequenceEqual(test.Expected))
                return $"{test}\n  expected {string.Join(",", test.Expected.Take(8))}\n  found    {string.Join(",", shown.Take(8))}";
            if (test.Complete && found.End != ExpansionEnd.Complete)
                return $"{test}: {found.End}";
            return test.ExpectedUtc.Count == 0 || found.Occurrences.Select(CorpusCase.ShownUtc).SequenceEqual(test.ExpectedUtc) ? null : $"{test}: in UTC";
        }
        catch (Exception wrong)
        {
            return $"{test}: {wrong}";
        }
    }
}
