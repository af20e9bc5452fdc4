using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>What to do about mistakes: throw the first one, or keep them for the report.</summary>
internal sealed class MendList(ReadingOptions options)
{
    private readonly ImmutableArray<Mend>.Builder _kept = ImmutableArray.CreateBuilder<Mend>();

    internal int Count { get; private set; }

    internal ImmutableArray<Mend> Kept => _kept.DrainToImmutable();

    /// <summary>Notes a mistake and how it is mended.</summary>
    /// <exception cref="CalendarSyntaxException">Mistakes are not mended here.</exception>
    internal void Add(int line, string mistake, string mend)
    {
        if (!options.Mends)
            throw new CalendarSyntaxException(line, mistake + ".");
        if (Count++ < options.MaxMendsKept)
            _kept.Add(new Mend(line, $"{mistake}: {mend}."));
    }
}
