namespace Convene.Scheduling.Availability;

/// <summary>How a slot must lie in somebody's hours.</summary>
public enum WorkingHoursRule
{
    /// <summary>The whole slot is inside. The default.</summary>
    Contained,

    /// <summary>Its start is inside, or exactly at their end; it may last beyond. As system 2 does it.</summary>
    Start,
}
