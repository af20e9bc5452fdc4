namespace Convene.Scheduling.Availability;

/// <summary>Which of the slots that pass are best. Every rank gives a score; lower is better, and of two with the same score the earlier one.</summary>
public enum SlotRank
{
    /// <summary>The earliest. Score: minutes after the search's first start.</summary>
    Earliest,

    /// <summary>Hours don't bind; those outside fewest people's are best. Score: for how many of those who can attend it is outside their hours.</summary>
    FewestOutOfHours,

    /// <summary>
    /// Those that leave people's free time in one piece. Score: how many more pieces it lies in afterwards, summed over those who can attend; for each of them
    /// 1 if the slot splits free time, 0 if it lies at one end of it, −1 if it fills it exactly.
    /// </summary>
    LeastFragmentation,
}
