using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>Hours of a day, in wall time: from <paramref name="Start"/> (in) to <paramref name="End"/> (out).</summary>
/// <param name="Start">When they begin.</param>
/// <param name="End">When they end; at or before <paramref name="Start"/> means on the next day (22:00–06:00), equal means a whole day.</param>
/// <remarks>Default value: midnight to midnight, a whole day. Equality: by both ends.</remarks>
public readonly record struct DailyHours(LocalTime Start, LocalTime End);
