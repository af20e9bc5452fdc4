namespace Convene.ICalendar.Tests.Clients;

/// <summary>What Gmail, Outlook, Exchange and Apple Calendar send, in their style.</summary>
internal static class Transcripts
{
    public const string GmailReply =
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REPLY
        BEGIN:VEVENT
        DTSTART:20250602T070000Z
        DTEND:20250602T080000Z
        DTSTAMP:20250601T083000Z
        ORGANIZER;CN=meet+17@example.com:mailto:meet+17@example.com
        UID:0190-review@convene.example
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE
         ;CN=Grace Hopper;X-NUM-GUESTS=0:mailto:grace@example.com
        X-MICROSOFT-CDO-OWNERAPPTID:-1234567890
        CREATED:20250501T083015Z
        DESCRIPTION:
        LAST-MODIFIED:20250601T083000Z
        LOCATION:
        SEQUENCE:2
        STATUS:CONFIRMED
        SUMMARY:Review
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR

        """;

    public const string GmailReplyToOccurrence =
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REPLY
        BEGIN:VEVENT
        DTSTART:20250609T070000Z
        DTEND:20250609T080000Z
        DTSTAMP:20250601T083000Z
        ORGANIZER;CN=Ada:mailto:ada@example.com
        UID:0190-review@convene.example
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Grace
          Hopper;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Away that week, sorry":mailto:gr
         ace@example.com
        COMMENT:Away that week\, sorry
        RECURRENCE-ID:20250609T070000Z
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Review
        END:VEVENT
        END:VCALENDAR

        """;

    public const string GmailCounter =
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        METHOD:COUNTER
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        X-LIC-LOCATION:Europe/Berlin
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:GMT+2
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:GMT+1
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20250603T140000
        DTEND;TZID=Europe/Berlin:20250603T150000
        DTSTAMP:20250601T083000Z
        ORGANIZER;CN=Ada:mailto:ada@example.com
        UID:0190-review@convene.example
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Grace:mailto:grace@example.com
        COMMENT:How about Tuesday?
        SEQUENCE:0
        SUMMARY:Review
        END:VEVENT
        END:VCALENDAR

        """;

    public const string OutlookRequest =
        """
        BEGIN:VCALENDAR
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        VERSION:2.0
        METHOD:REQUEST
        X-MS-OLK-FORCEINSPECTOROPEN:TRUE
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
        ATTENDEE;CN="'Grace Hopper'";RSVP=TRUE:mailto:grace@example.com
        ATTENDEE;CN="Room 4";CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;RSVP=TRUE:mailto:room4@example.com
        CLASS:PUBLIC
        CREATED:20250501T083015Z
        DESCRIPTION:First line\n\nSecond\, with a link: https://example.com/a\;b\n
        DTEND;TZID="W. Europe Standard Time":20250602T100000
        DTSTAMP:20250501T083015Z
        DTSTART;TZID="W. Europe Standard Time":20250602T090000
        LAST-MODIFIED:20250501T083015Z
        LOCATION:Room 4
        ORGANIZER;CN="Ada Lovelace":mailto:ada@example.com
        PRIORITY:5
        RRULE:FREQ=WEEKLY;UNTIL=20250630T070000Z;INTERVAL=2;BYDAY=MO;WKST=MO
        SEQUENCE:0
        SUMMARY;LANGUAGE=de:Review
        TRANSP:OPAQUE
        UID:040000008200E00074C5B7101A82E00800000000B0F6B0A1C3BADB010000000000000000
        	100000002F6C1B1F1D6C5A4E9D9E3C4E5F6A7B8C
        X-ALT-DESC;FMTTYPE=text/html:<html><body>First line<br>\n</body></html>
        X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
        X-MICROSOFT-CDO-IMPORTANCE:1
        X-MICROSOFT-DISALLOW-COUNTER:FALSE
        BEGIN:VALARM
        TRIGGER:-PT15M
        ACTION:DISPLAY
        DESCRIPTION:Reminder
        END:VALARM
        END:VEVENT
        END:VCALENDAR

        """;

    public const string ExchangeReply =
        """
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Eastern Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T020000
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=TENTATIVE;CN=Grace Hopper:mailto:grace@example.com
        COMMENT;LANGUAGE=en-US:Perhaps\n
        UID:0190-review@convene.example
        SUMMARY;LANGUAGE=en-US:Tentative: Review
        DTSTART;TZID=Eastern Standard Time:20250602T090000
        DTEND;TZID=Eastern Standard Time:20250602T100000
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:20250601T083000Z
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:3
        LOCATION;LANGUAGE=en-US:
        X-MICROSOFT-CDO-APPT-SEQUENCE:3
        X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
        X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
        END:VEVENT
        END:VCALENDAR

        """;

    public const string ExchangeCounter =
        """
        BEGIN:VCALENDAR
        METHOD:COUNTER
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:tzone://Microsoft/Custom
        BEGIN:STANDARD
        DTSTART:16010101T020000
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ORGANIZER;CN=Ada:MAILTO:ada@example.com
        ATTENDEE;PARTSTAT=TENTATIVE;CN=Grace:MAILTO:grace@example.com
        UID:0190-review@convene.example
        SUMMARY:New Time Proposed: Review
        DTSTART;TZID="tzone://Microsoft/Custom":20250602T100000
        DTEND;TZID="tzone://Microsoft/Custom":20250602T110000
        DTSTAMP:20250601T083000Z
        SEQUENCE:0
        X-MS-OLK-ORIGINALSTART;TZID="tzone://Microsoft/Custom":20250602T090000
        X-MS-OLK-ORIGINALEND;TZID="tzone://Microsoft/Custom":20250602T100000
        END:VEVENT
        END:VCALENDAR

        """;

    public const string ExchangeCancel =
        """
        BEGIN:VCALENDAR
        METHOD:CANCEL
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VEVENT
        ORGANIZER;CN=Ada:mailto:ada@example.com
        ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Grace:mailto:grace@example.com
        UID:0190-review@convene.example
        RECURRENCE-ID;TZID=W. Europe Standard Time:20250609T090000
        SUMMARY;LANGUAGE=de-DE:Abgesagt: Review
        DTSTART;TZID=W. Europe Standard Time:20250609T090000
        DTEND;TZID=W. Europe Standard Time:20250609T100000
        PRIORITY:1
        DTSTAMP:20250601T083000Z
        TRANSP:TRANSPARENT
        STATUS:CANCELLED
        SEQUENCE:1
        END:VEVENT
        END:VCALENDAR

        """;

    public const string AppleReply =
        """
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        METHOD:REPLY
        PRODID:-//Apple Inc.//macOS 15.0//EN
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:DAYLIGHT
        DTSTART:19810329T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZNAME:GMT+2
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19961027T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZNAME:GMT+1
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;CN="Grace Hopper";CUTYPE=INDIVIDUAL;EMAIL="grace@example.com";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:/aMjQ/principal/
        CREATED:20250501T083015Z
        DTEND;TZID=Europe/Berlin:20250602T100000
        DTSTAMP:20250601T083000Z
        DTSTART;TZID=Europe/Berlin:20250602T090000
        ORGANIZER;CN="Ada Lovelace";EMAIL="ada@example.com":mailto:ada@example.com
        REQUEST-STATUS:2.0;Success
        SEQUENCE:2
        SUMMARY:Review
        UID:0190-review@convene.example
        X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
        END:VEVENT
        END:VCALENDAR

        """;

    public const string AppleRefresh =
        """
        BEGIN:VCALENDAR
        METHOD:REFRESH
        PRODID:-//Apple Inc.//iOS 18.0//EN
        VERSION:2.0
        BEGIN:VEVENT
        ATTENDEE:mailto:grace@example.com
        DTSTAMP:20250601T083000Z
        ORGANIZER:mailto:ada@example.com
        UID:0190-review@convene.example
        END:VEVENT

        END:VCALENDAR

        """;

    public const string AppleRequest =
        """
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        METHOD:REQUEST
        PRODID:-//Apple Inc.//iOS 18.0//EN
        VERSION:2.0
        BEGIN:VEVENT
        ATTENDEE;CN="Ada Lovelace";CUTYPE=INDIVIDUAL;EMAIL="ada@example.com";PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:ada@example.com
        ATTENDEE;CUTYPE=INDIVIDUAL;EMAIL="grace@example.com";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:grace@example.com
        DTEND;TZID=Europe/Berlin:20250602T100000
        DTSTAMP:20250601T083000Z
        DTSTART;TZID=Europe/Berlin:20250602T090000
        LOCATION:Markt 1\n10115 Berlin
        ORGANIZER;CN="Ada Lovelace";EMAIL="ada@example.com":mailto:ada@example.com
        SEQUENCE:0
        SUMMARY:Café „Zur Post“ 🎉
        UID:0190-review@convene.example
        X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Markt 1\\n10115 Berlin";X-APPLE-RADIUS=70;X-TITLE="Zur Post, ^'hinten^'":geo:52.520008,13.404954
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Reminder
        TRIGGER:-PT30M
        UID:4A5B6C
        X-WR-ALARMUID:4A5B6C
        END:VALARM
        BEGIN:VALARM
        ACTION:AUDIO
        TRIGGER;VALUE=DATE-TIME:19760401T005545Z
        X-APPLE-LOCAL-DEFAULT-ALARM:TRUE
        ACKNOWLEDGED:20250601T083000Z
        END:VALARM
        END:VEVENT
        END:VCALENDAR

        """;
}
