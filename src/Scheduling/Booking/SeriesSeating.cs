namespace Convene.Scheduling.Booking;

/// <summary>The answer of the <see cref="SeriesDesk"/>: who takes part in which occurrence, and who is busy when and with what.</summary>
/// <param name="Seated">For each occurrence, by its place in the list that was asked about: who takes part, in the order they were asked for.</param>
/// <param name="Skipped">Who takes part in none, in the order they were asked for; empty unless the policy skips.</param>
/// <param name="SkippedAt">Who is left out of some occurrences: their places, in order. Nobody of <paramref name="Skipped"/>.</param>
/// <param name="Clashes">For each busy person what takes their time, by start, each once; seated ones too where the policy allows it. Nobody busy: empty.</param>
public sealed record SeriesSeating(
    IReadOnlyList<IReadOnlyList<long>> Seated,
    IReadOnlyList<long> Skipped,
    IReadOnlyDictionary<long, IReadOnlyList<int>> SkippedAt,
    IReadOnlyDictionary<long, IReadOnlyList<BusyTime>> Clashes);
