namespace Convene.Scheduling.Availability;

/// <summary>Why somebody can't be met at a time.</summary>
public enum Obstacle
{
    /// <summary>It is outside their hours.</summary>
    OutsideHours,

    /// <summary>Something else takes up their time.</summary>
    Busy,

    /// <summary>Something else comes too soon before or after it.</summary>
    Buffer,

    /// <summary>It is earlier than the notice that is wanted.</summary>
    Notice,
}
