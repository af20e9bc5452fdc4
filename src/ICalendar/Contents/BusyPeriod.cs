namespace Convene.ICalendar;

/// <summary>One period of a FREEBUSY, with its FBTYPE (RFC 5545 §3.8.2.6, §3.2.9).</summary>
/// <remarks>The default value has no type. Equal when both parts are.</remarks>
/// <param name="Period">From the start, in it, to the end, not in it; in UTC in well-formed calendars.</param>
/// <param name="Type">FREE, BUSY, BUSY-UNAVAILABLE or BUSY-TENTATIVE, or a word unknown here, which counts as BUSY; in upper case.</param>
public readonly record struct BusyPeriod(CalendarPeriod Period, string Type)
{
    /// <summary>Whether the time is busy: everything but FREE is.</summary>
    public bool IsBusy => Type != "FREE";
}
