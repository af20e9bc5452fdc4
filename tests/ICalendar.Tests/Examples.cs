using NodaTime;

namespace Convene.ICalendar.Tests;

/// <summary>Meetings to start from; each test says what is special about its own.</summary>
internal static class Examples
{
    public static readonly DateTimeZone Berlin = Zone("Europe/Berlin");

    public static readonly CalendarUser Ada = new("ada@example.org", "Ada Lovelace");

    public static MeetingEvent Review { get; } = new()
    {
        Uid = "0190-review@convene.example",
        Stamp = Instant.FromUtc(2025, 5, 1, 8, 30, 15),
        Start = Instant.FromUtc(2025, 6, 2, 7, 0),
        End = Instant.FromUtc(2025, 6, 2, 8, 0),
        Zone = Berlin,
        Summary = "Review",
        Organizer = Ada,
        Attendees = [new Attendee("grace@example.org", "Grace Hopper", Rsvp: true)],
    };

    /// <summary>Review, with every value set and as much trouble in the texts as they may hold.</summary>
    public static MeetingEvent Everything { get; } = Review with
    {
        Uid = "0190-everything@convene.example",
        Sequence = 3,
        Summary = "Review; costs, \"plans\" \\ more: naïve 你好 🎉",
        Description = "First line\r\nsecond line\nthird, with a comma; and a semicolon " + new string('x', 200) + " ünïcödé 🎉🎉🎉",
        Location = "Room 1, 2nd floor; \\left",
        Organizer = new CalendarUser("ada+calendar@example.org", "Lovelace, Ada"),
        Attendees =
        [
            new Attendee("grace@example.org", "Hopper; Grace (Navy: US)", AttendeeRole.Chair, Participation.Accepted),
            new Attendee("alan@example.org", "Alan \"T\" Turing", AttendeeRole.Optional, Participation.Declined),
            new Attendee("kurt@example.org", "Kurt Gödel", AttendeeRole.Required, Participation.Tentative, Rsvp: true),
            new Attendee("emmy@example.org", null, Rsvp: true),
        ],
        Status = EventStatus.Tentative,
        Created = Instant.FromUtc(2025, 4, 1, 0, 0),
        LastModified = Instant.FromUtc(2025, 4, 30, 23, 59, 59),
        Url = new Uri("https://convene.example/meetings/17?a=1,2;b=ü"),
        Alarm = Duration.FromMinutes(90),
        Transparent = true,
    };

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>The unfolded lines of a calendar.</summary>
    public static string[] Lines(string calendar) =>
        calendar.Replace("\r\n ", "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The unfolded lines of a component.</summary>
    public static string[] Lines(CalendarComponent component) => Lines(ContentLines.Write(component));
}
