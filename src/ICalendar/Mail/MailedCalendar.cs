namespace Convene.ICalendar;

/// <summary>A calendar that came with a mail: shown in it, or attached (RFC 6047 §2.4).</summary>
/// <remarks>Equality compares the octets by reference.</remarks>
/// <param name="Text">For <see cref="CalendarReader"/>; UTF-8, or what that takes for it when mending.</param>
/// <param name="Method">The method that the part's media type names, in upper case; null if it names none.</param>
public sealed record MailedCalendar(byte[] Text, string? Method);
