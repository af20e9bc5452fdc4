namespace Convene.ICalendar.Tests.Corpora;

/// <summary>A fact over the corpora. Where they are missing, a loud skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() =>
        Skip = Corpus.IsThere ? null : "The corpora are not here (../shared/corpora or CONVENE_CORPORA): their calendars are not read.";
}
