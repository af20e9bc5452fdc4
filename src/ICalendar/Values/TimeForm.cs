namespace Convene.ICalendar;

/// <summary>The forms in which a time is written (RFC 5545 §3.3.4, §3.3.5).</summary>
public enum TimeForm
{
    /// <summary>A DATE: a whole day, wherever one is.</summary>
    Date,

    /// <summary>A DATE-TIME without a zone (form 1): the same wall time wherever one is.</summary>
    Floating,

    /// <summary>A DATE-TIME in UTC (form 2).</summary>
    Utc,

    /// <summary>A DATE-TIME with TZID (form 3).</summary>
    Zoned,
}
