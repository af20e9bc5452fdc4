using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Calendar files as people export them; every name and address is made up.
internal static class ImportHelp
{
    /// As Google writes them: a name and a zone for the whole, UTC for what is held once, TZID for what repeats, CRLF, folded UTF-8, escaped text.
    public static string Google { get; } = """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Änne privat
        X-WR-TIMEZONE:Europe/Berlin
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        X-LIC-LOCATION:Europe/Berlin
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART:20300306T130000Z
        DTEND:20300306T140000Z
        DTSTAMP:20300301T080000Z
        UID:dentist@google.example.com
        CREATED:20300101T080000Z
        DESCRIPTION:Bring the card\, and the X-rays\;\nsecond line
        LAST-MODIFIED:20300102T080000Z
        LOCATION:Praxis Dr. Weiß\, Hauptstraße 1
        SEQUENCE:1
        STATUS:CONFIRMED
        SUMMARY:Zahnärztin
        TRANSP:OPAQUE
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20300305T190000
        DTEND;TZID=Europe/Berlin:20300305T203000
        RRULE:FREQ=WEEKLY;UNTIL=20300430T215959Z;BYDAY=TU
        EXDATE;TZID=Europe/Berlin:20300319T190000
        DTSTAMP:20300301T080000Z
        UID:choir@google.example.com
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Chor
        TRANSP:OPAQUE
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20300327T200000
        DTEND;TZID=Europe/Berlin:20300327T220000
        DTSTAMP:20300301T080000Z
        UID:choir@google.example.com
        RECURRENCE-ID;TZID=Europe/Berlin:20300326T190000
        SEQUENCE:1
        STATUS:CONFIRMED
        SUMMARY:Chor\, Generalprobe
        TRANSP:OPAQUE
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20300401
        DTEND;VALUE=DATE:20300404
        DTSTAMP:20300301T080000Z
        UID:fair@google.example.com
        SUMMARY:Messe
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n");

    /// As Outlook writes them: a byte order mark, a zone that only Windows knows, its own words for busy and whole days.
    public static string Outlook { get; } = "\uFEFF" + """
        BEGIN:VCALENDAR
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        VERSION:2.0
        METHOD:PUBLISH
        X-CALSTART:20300301T000000Z
        X-WR-RELCALID:{0000002E-D8A6-E8B4-0000-000000000000}
        X-WR-CALNAME:Kalender
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16011028T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010325T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        CLASS:PUBLIC
        CREATED:20300301T080000Z
        DTEND;TZID="W. Europe Standard Time":20300308T110000
        DTSTAMP:20300301T080000Z
        DTSTART;TZID="W. Europe Standard Time":20300308T100000
        LAST-MODIFIED:20300301T080000Z
        PRIORITY:5
        RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=2FR
        SEQUENCE:0
        SUMMARY;LANGUAGE=de:Monatsbericht
        TRANSP:OPAQUE
        UID:040000008200E00074C5B7101A82E00800000000EXAMPLE1
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY
        X-MICROSOFT-CDO-IMPORTANCE:1
        BEGIN:VALARM
        TRIGGER:-PT15M
        ACTION:DISPLAY
        DESCRIPTION:Reminder
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        CLASS:PRIVATE
        DTEND;VALUE=DATE:20300311
        DTSTAMP:20300301T080000Z
        DTSTART;VALUE=DATE:20300310
        SUMMARY;LANGUAGE=de:Geburtstag
        UID:040000008200E00074C5B7101A82E00800000000EXAMPLE2
        X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
        X-MICROSOFT-CDO-BUSYSTATUS:FREE
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n");

    /// As Apple writes them: LF only when saved by other hands, a VTIMEZONE of a name that is in no list, floating times, DURATION, a location of its own.
    public static string Apple { get; } = """
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        PRODID:-//Apple Inc.//macOS 14.4//EN
        VERSION:2.0
        X-APPLE-CALENDAR-COLOR:#1BADF8
        X-WR-CALNAME:Home
        BEGIN:VTIMEZONE
        TZID:Büro
        BEGIN:STANDARD
        DTSTART:20071104T020000
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
        TZNAME:EST
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20070311T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
        TZNAME:EDT
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        CREATED:20300301T080000Z
        UID:5E1B6F4C-0000-4000-8000-00000000AAAA
        DTEND;TZID=Büro:20300305T100000
        SUMMARY:Call with a long name that is folded in the middle of an umlaut\, such as \
         "Größe"
        DTSTART;TZID=Büro:20300305T090000
        DTSTAMP:20300301T080000Z
        SEQUENCE:0
        X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
        END:VEVENT
        BEGIN:VEVENT
        UID:5E1B6F4C-0000-4000-8000-00000000BBBB
        DTSTART:20300307T080000
        DURATION:PT45M
        SUMMARY:Run\, wherever I am
        DTSTAMP:20300301T080000Z
        END:VEVENT
        BEGIN:VTODO
        UID:5E1B6F4C-0000-4000-8000-00000000CCCC
        SUMMARY:Buy milk
        DTSTAMP:20300301T080000Z
        END:VTODO
        END:VCALENDAR

        """.ReplaceLineEndings("\n");

    public static string Calendar(params string[] items) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n{string.Concat(items.Select(i => i.ReplaceLineEndings("\r\n").Trim() + "\r\n"))}END:VCALENDAR\r\n";

    public static string Event(string uid, string rest) => $"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20300301T080000Z\n{rest.Trim()}\nEND:VEVENT";

    public static Task<Reply> Preview(this Caller caller, string file) => caller.Import(Encoding.UTF8.GetBytes(file), commit: false);

    public static Task<Reply> Import(this Caller caller, string file) => caller.Import(Encoding.UTF8.GetBytes(file), commit: true);

    public static Task<Reply> Import(this Caller caller, byte[] file, bool commit, string? timezone = null)
    {
        var form = new MultipartFormDataContent { { new StringContent(commit ? "true" : "false"), "commit" } };
        if (timezone is not null)
            form.Add(new StringContent(timezone), "timezone");
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/calendar");
        form.Add(content, "file", "calendar.ics");
        return caller.Post("/api/calendars/import/", form);
    }

    /// Each item as `action title`.
    public static IEnumerable<string> Actions(this Reply import) => import["items"]!.AsArray().Select(i => $"{i!["action"]} {i["title"]}");

    public static async Task<IReadOnlyList<JsonNode>> Events(this Caller caller, string from = "2030-01-01") =>
        [.. (await caller.Get($"/api/events/?to_date=2040-01-01&ends_after={from}&page_size=100")).ShouldBe(200)["results"]!.AsArray().Select(e => e!)];

    public static IEnumerable<string> Starts(this IEnumerable<JsonNode> events, string title) => events.Where(e => (string)e["title"]! == title).Select(e => (string)e["start_time"]!);
}
