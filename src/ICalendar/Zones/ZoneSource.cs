namespace Convene.ICalendar;

/// <summary>How a zone of somebody else's calendar was found.</summary>
public enum ZoneSource
{
    /// <summary>By its name: tzdb's of today or of old, with a vendor's prefix, or one that Windows or Outlook gives it.</summary>
    Name,

    /// <summary>By its VTIMEZONE: a zone of tzdb has the same offsets in the years of the calendar.</summary>
    Rules,

    /// <summary>It is what its VTIMEZONE says, and like no zone of tzdb.</summary>
    File,
}
