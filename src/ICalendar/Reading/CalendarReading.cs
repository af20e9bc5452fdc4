using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>What was read: the calendars as trees, and what had to be mended.</summary>
/// <remarks>Immutable. Equality compares the arrays by reference.</remarks>
/// <param name="Calendars">The VCALENDAR components in order; one or more.</param>
/// <param name="Mends">The mends in order, the first <see cref="ReadingOptions.MaxMendsKept"/> of them; empty when nothing was wrong,
/// and always in strict mode.</param>
/// <param name="MendCount">How many mends there were in all.</param>
public sealed record CalendarReading(ImmutableArray<CalendarComponent> Calendars, ImmutableArray<Mend> Mends, int MendCount);
