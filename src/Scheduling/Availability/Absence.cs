using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>A stretch of wall time, on the clocks of somebody's zone, in which they can't be met, whatever their hours say.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends; at or before <paramref name="Start"/>: never.</param>
/// <param name="Kind"><see cref="Obstacle.Blocked"/> hours, <see cref="Obstacle.OutOfOffice"/> or <see cref="Obstacle.CalendarUnreachable"/>.</param>
/// <remarks>Default value: an absence that never is. Equality: by all three.</remarks>
public readonly record struct Absence(LocalDateTime Start, LocalDateTime End, Obstacle Kind);
