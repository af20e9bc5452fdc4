namespace Convene.ICalendar;

/// <summary>A person in a calendar: an e-mail address and perhaps a name (RFC 5545 §3.3.3, §3.2.2).</summary>
/// <remarks>Equal when both texts are, by ordinal comparison; whether two spellings are one mailbox is not this library's to say.</remarks>
/// <param name="Email">The address without <c>mailto:</c>: one <c>@</c> with text on both sides, no white space, no controls.</param>
/// <param name="Name">The name to show, any text; null, empty or blank for none.</param>
/// <exception cref="ArgumentException"><paramref name="Email"/> is no such address.</exception>
public sealed record CalendarUser(string Email, string? Name = null)
{
    /// <summary>The address without <c>mailto:</c>.</summary>
    public string Email { get; init => field = CalendarAddress.Checked(value); } = CalendarAddress.Checked(Email);
}
