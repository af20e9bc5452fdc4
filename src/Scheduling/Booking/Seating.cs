namespace Convene.Scheduling.Booking;

/// <summary>The answer of the <see cref="BookingDesk"/>: who takes part, and who is busy with what.</summary>
/// <param name="Seated">The people who take part, in the order they were asked for.</param>
/// <param name="Skipped">The people left out because they are busy, in the order they were asked for; empty unless the policy skips.</param>
/// <param name="Clashes">For each busy person what takes their time, by start; seated ones too where the policy allows it. Nobody busy: empty.</param>
public sealed record Seating(
    IReadOnlyList<long> Seated,
    IReadOnlyList<long> Skipped,
    IReadOnlyDictionary<long, IReadOnlyList<BusyTime>> Clashes);
