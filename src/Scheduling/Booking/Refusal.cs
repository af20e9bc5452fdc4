namespace Convene.Scheduling.Booking;

/// <summary>
/// A proper "no": the request was understood and is not carried out. The trade's own reasons are listed here, the house adds its own
/// (not found, not allowed, …). Never thrown, always returned.
/// </summary>
public abstract record Refusal
{
    /// <summary>People whose time is taken, each with what takes it (by start).</summary>
    /// <param name="Clashes">By person; not empty.</param>
    public sealed record PeopleBusy(IReadOnlyDictionary<long, IReadOnlyList<BusyTime>> Clashes) : Refusal;

    /// <summary>The meeting would end at or before its start.</summary>
    public sealed record EndsBeforeItStarts : Refusal;

    /// <summary>The meeting would start before now, and the caller asked that this be refused.</summary>
    public sealed record StartsInThePast : Refusal;

    /// <summary>The meeting would last longer than <see cref="MeetingRules.LongestMeeting"/>.</summary>
    public sealed record LastsTooLong : Refusal;

    /// <summary>The meeting is cancelled already.</summary>
    public sealed record AlreadyCancelled : Refusal;

    /// <summary>A search for slots over more than <see cref="Availability.SlotGrid.MostDays"/> days.</summary>
    public sealed record WindowTooLong : Refusal;

    /// <summary>A search for slots before <see cref="Availability.SlotSearch.FirstYear"/> or beyond <see cref="Availability.SlotSearch.LastYear"/>.</summary>
    public sealed record WindowOutOfReach : Refusal;

    /// <summary>A search for slots that would try more than <see cref="Availability.SlotGrid.MostStarts"/> starts.</summary>
    /// <param name="Count">How many it would try.</param>
    public sealed record TooManyStarts(long Count) : Refusal;
}
