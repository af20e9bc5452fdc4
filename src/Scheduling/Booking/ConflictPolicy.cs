namespace Convene.Scheduling.Booking;

/// <summary>What to do with people who are already busy when a meeting is booked.</summary>
public enum ConflictPolicy
{
    /// <summary>Book without them, and report who was left out. The default.</summary>
    Skip,

    /// <summary>Book nothing while anybody is busy.</summary>
    Reject,

    /// <summary>Book them all the same, and report who is double-booked.</summary>
    Allow,
}
