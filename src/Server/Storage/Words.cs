using Convene.Scheduling.Booking;

namespace Convene.Server.Storage;

/// The words that stand in the database (and, being the contract's, in the API) for the trade's terms.
public static class Words
{
    public const string Attendee = "attendee";
    public const string Cohost = "cohost";

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
