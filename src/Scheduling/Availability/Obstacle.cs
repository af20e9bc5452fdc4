namespace Convene.Scheduling.Availability;

/// <summary>Why somebody can't be met at a time.</summary>
public enum Obstacle
{
    /// <summary>It is outside their hours.</summary>
    OutsideHours,

    /// <summary>An entry on their calendar takes up their time.</summary>
    Busy,

    /// <summary>It is in time that they keep for their own work every week.</summary>
    FocusTime,

    /// <summary>It is in hours of that date which they have blocked.</summary>
    Blocked,

    /// <summary>They are away.</summary>
    OutOfOffice,

    /// <summary>A calendar of theirs that lies elsewhere can't be read, and they want to count as busy until it can.</summary>
    CalendarUnreachable,

    /// <summary>Something else comes too soon before or after it.</summary>
    Buffer,

    /// <summary>It is earlier than the notice that is wanted.</summary>
    Notice,
}
