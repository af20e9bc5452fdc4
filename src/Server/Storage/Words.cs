using Convene.Scheduling.Booking;

namespace Convene.Server.Storage;

/// The words that stand in the database (and, being the contract's, in the API) for the trade's terms.
public static class Words
{
    public const string Attendee = "attendee";
    public const string Cohost = "cohost";

    /// What an account stores that wants no reminders of its meetings unless they say so.
    public const long NoReminder = -1;

    /// How many minutes before the start a meeting reminds that says nothing about it; null: not at all.
    /// <param name="chosen">Its host's choice; null: none, which is the server's.</param>
    public static int? ReminderMinutes(long? chosen, int standard) => chosen is null ? standard : chosen == NoReminder ? null : (int)chosen;

    public static string Of(MeetingStatus status) => status switch
    {
        MeetingStatus.Cancelled => "cancelled",
        MeetingStatus.Completed => "completed",
        _ => "scheduled",
    };

    public static MeetingStatus Status(string word) => word switch
    {
        "cancelled" => MeetingStatus.Cancelled,
        "completed" => MeetingStatus.Completed,
        _ => MeetingStatus.Scheduled,
    };

    public static string Of(Answer answer) => answer switch
    {
        Scheduling.Booking.Answer.Accepted => "accepted",
        Scheduling.Booking.Answer.Declined => "declined",
        Scheduling.Booking.Answer.Tentative => "tentative",
        _ => "pending",
    };

    public static Answer Answer(string word) => word switch
    {
        "accepted" => Scheduling.Booking.Answer.Accepted,
        "declined" => Scheduling.Booking.Answer.Declined,
        "tentative" => Scheduling.Booking.Answer.Tentative,
        _ => Scheduling.Booking.Answer.Pending,
    };
}
