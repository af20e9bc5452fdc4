namespace Convene.Scheduling.Booking;

/// <summary>Where a meeting is in its life. Only a scheduled one takes up anybody's time.</summary>
public enum MeetingStatus
{
    /// <summary>It will take place, or takes place now.</summary>
    Scheduled,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>It took place and its host closed it.</summary>
    Completed,
}
