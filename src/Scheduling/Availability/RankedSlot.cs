using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>A slot that was found.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Score">How good it is by the rank that was asked for; lower is better.</param>
/// <param name="Available">How many people are free, required and optional.</param>
/// <remarks>Default value: a slot at the Unix epoch for nobody. Equality: by all three.</remarks>
public readonly record struct RankedSlot(Instant Start, int Score, int Available);
