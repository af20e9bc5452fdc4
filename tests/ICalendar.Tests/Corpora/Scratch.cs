namespace Convene.ICalendar.Tests.Corpora;
public sealed class Scratch(Xunit.Abstractions.ITestOutputHelper output)
{
    [CorpusFact]
    public void Look()
    {
        foreach (var file in Corpus.Files)
        {
            try { CalendarReader.Read(file.Content); }
            catch (CalendarSyntaxException e) { output.WriteLine($"{file.Class} {file.Id} STRICT {e.Message}"); }
            try
            {
                var r = CalendarReader.Read(file.Content, ReadingOptions.Tolerant);
                foreach (var m in r.Mends.GroupBy(m => m.What).Select(g => (g.Key, g.Count(), g.First().Line))) output.WriteLine($"{file.Class} {file.Id} mended {m}");
            }
            catch (CalendarSyntaxException e) { output.WriteLine($"{file.Class} {file.Id} TOLERANT {e.Message}"); }
        }
    }
}
