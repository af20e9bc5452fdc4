namespace Convene.ICalendar;

/// <summary>Someone invited, with their part in the meeting and their answer: an ATTENDEE (RFC 5545 §3.8.4.1).</summary>
/// <remarks>Equal when all values are; texts by ordinal comparison.</remarks>
/// <param name="Email">The address without <c>mailto:</c>: one <c>@</c> with text on both sides, no white space, no controls.</param>
/// <param name="Name">The name to show, any text; null, empty or blank for none.</param>
/// <param name="Role">How much they are expected.</param>
/// <param name="Participation">Their answer.</param>
/// <param name="Rsvp">Whether the organizer asks for an answer (RFC 5545 §3.2.17).</param>
/// <exception cref="ArgumentException"><paramref name="Email"/> is no such address.</exception>
public sealed record Attendee(
    string Email,
    string? Name = null,
    AttendeeRole Role = AttendeeRole.Required,
    Participation Participation = Participation.NeedsAction,
    bool Rsvp = false)
{
    /// <summary>The address without <c>mailto:</c>.</summary>
    public string Email { get; init => field = CalendarAddress.Checked(value); } = CalendarAddress.Checked(Email);
}
