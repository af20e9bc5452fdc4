namespace Convene.Scheduling.Availability;

/// <summary>Who is to be met: those without whom it makes no sense, those who may come, and how many must be there.</summary>
/// <param name="Required">Everybody of these must be free.</param>
/// <param name="Optional">None of these need be; nobody of the required.</param>
/// <param name="Quorum">So many of all of them must be free; at most as many as there are.</param>
public sealed record Attendees(IReadOnlyList<PersonTime> Required, IReadOnlyList<PersonTime> Optional, int Quorum = 0);
