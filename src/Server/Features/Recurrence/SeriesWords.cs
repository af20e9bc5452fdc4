using Convene.Scheduling.Booking;

namespace Convene.Server.Features.Recurrence;

/// What becomes of people who are busy in occurrences to come, in one word for the database.
internal static class SeriesWords
{
    private const string Allow = "allow";
    private const string Dates = "dates";
    private const string Person = "person";

    /// Later clashes stop nothing that was booked long ago: where booking was refused, dates to come are skipped.
    public static string Of(ConflictPolicy policy, SeriesConflict conflict) =>
        policy == ConflictPolicy.Allow ? Allow : conflict == SeriesConflict.Person ? Person : Dates;

    public static (ConflictPolicy Policy, SeriesConflict Conflict) Read(string word) => word switch
    {
        Allow => (ConflictPolicy.Allow, SeriesConflict.Dates),
        Person => (ConflictPolicy.Skip, SeriesConflict.Person),
        _ => (ConflictPolicy.Skip, SeriesConflict.Dates),
    };
}
