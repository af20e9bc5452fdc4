namespace Convene.Scheduling.Recurrence;

/// <summary>What a monthly or yearly form repeats on. Default value: <see cref="DayOfMonth"/>.</summary>
public enum MonthlyMode
{
    /// <summary>The same day of the month: the 15th.</summary>
    DayOfMonth,

    /// <summary>The same day of the week, counted: the third Monday, or the last Friday.</summary>
    Weekday,

    /// <summary>The last day of the month.</summary>
    LastDay,
}
