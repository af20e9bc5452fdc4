using Convene.ICalendar.Tests.Peers;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>A fact over the corpora. Where they are missing, or the peer it asks, a loud skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute(bool asksLibical = false) =>
        Skip = Corpus.IsThere
            ? asksLibical ? Peer.Libical.SkipReason : null
            : "The corpora are not here (../shared/corpora or CONVENE_CORPORA): their calendars are not read.";
}
