namespace Convene.Scheduling.Booking;

/// <summary>What skipping somebody who is busy means when a series is booked. Default value: <see cref="Dates"/>.</summary>
public enum SeriesConflict
{
    /// <summary>They are left out of the occurrences that clash, and take part in the others.</summary>
    Dates,

    /// <summary>They are left out of the whole series.</summary>
    Person,
}
