using NodaTime;

namespace Convene.ICalendar;

/// <summary>A zone that times of a calendar name, and how it was found.</summary>
/// <remarks>Immutable. Equal when all parts are.</remarks>
/// <param name="Tzid">The name in the calendar.</param>
/// <param name="Zone">The zone; of tzdb unless <paramref name="Source"/> is <see cref="ZoneSource.File"/>.</param>
/// <param name="Source">How it was found.</param>
public sealed record CalendarZone(string Tzid, DateTimeZone Zone, ZoneSource Source);
