using System.Text;

namespace Convene.Tests;

/// <summary>An answer to an invitation, before a mail program has made a mail of it.</summary>
internal sealed record ClientReply
{
    public required string Uid { get; init; }
    public required string From { get; init; }

    /// <summary>Whom the invitation named as its organizer.</summary>
    public required string To { get; init; }
    public string? Attendee { get; init; }
    public string Method { get; init; } = "REPLY";
    public string PartStat { get; init; } = "ACCEPTED";

    /// <summary>UTC, as in a calendar.</summary>
    public string Stamp { get; init; } = "20300304T091500Z";
    public int? Sequence { get; init; } = 0;

    /// <summary>With what stands between name and colon: <c>;TZID=Europe/Berlin:20300305T100000</c>.</summary>
    public string? Start { get; init; } = ":20300305T100000Z";
    public string? End { get; init; } = ":20300305T110000Z";
    public string? RecurrenceId { get; init; }
    public string? Comment { get; init; }
    public string Title { get; init; } = "Kickoff";
    public string MessageId { get; init; } = "CAF1x9Ex@mail.example.com";

    /// <summary>More lines of the mail's head.</summary>
    public string Head { get; init; } = "";

    internal string Who => Attendee ?? From;
}

/// <summary>Mails in the manner of the programs that people have. Written for these tests; only the manner is theirs.</summary>
internal static class ClientMails
{
    public static readonly IReadOnlyList<(string Name, Func<ClientReply, byte[]> Write)> All =
        [("Gmail", Gmail), ("Exchange", Exchange), ("Apple", Apple), ("Thunderbird", Thunderbird), ("Nextcloud", Nextcloud)];

    /// <summary>Three alternatives, and the calendar attached once more; times in UTC.</summary>
    public static byte[] Gmail(ClientReply reply)
    {
        var ics = Calendar("-//Google Inc//Google Calendar 70.9054//EN", reply,
            Line("DTSTART", reply.Start), Line("DTEND", reply.End), $"DTSTAMP:{reply.Stamp}", $"ORGANIZER;CN=Ana:mailto:{reply.To}", $"UID:{reply.Uid}",
            $"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={reply.PartStat};CN=Ben\r\n ;X-NUM-GUESTS=0:mailto:{reply.Who}", Line("RECURRENCE-ID", reply.RecurrenceId),
            "CREATED:20300301T090000Z", "DESCRIPTION:", "LAST-MODIFIED:20300304T091500Z", "LOCATION:", Number(reply), "STATUS:CONFIRMED", $"SUMMARY:{reply.Title}",
            Line("COMMENT:", reply.Comment), "TRANSP:OPAQUE");
        return Mail(reply, $"=?UTF-8?B?{Base64("Angenommen: Auftakt – " + reply.Title)}?=",
            "multipart/mixed; boundary=\"000000000000a1b2c306\"",
            Part("000000000000a1b2c306",
                "Content-Type: multipart/alternative; boundary=\"000000000000a1b2c304\"\r\n\r\n"
                + Parts("000000000000a1b2c304",
                    $"Content-Type: text/plain; charset=\"UTF-8\"; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(Base64("Ben hat zugesagt. Grüße"))}",
                    "Content-Type: text/html; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p style=3D\"color:#222\">Ben hat zugesagt. Gr=C3=BC=C3=9Fe =E2=80=93 =\r\nBen</p>",
                    $"Content-Type: text/calendar; charset=\"UTF-8\"; method={reply.Method}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{ics}"),
                $"Content-Type: application/ics; name=\"invite.ics\"\r\nContent-Disposition: attachment; filename=\"invite.ics\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(Base64(ics))}"));
    }

    /// <summary>No ORGANIZER; zones by Windows' names; the UID in capitals; the calendar in base64, words in Latin-1.</summary>
    public static byte[] Exchange(ClientReply reply)
    {
        var ics = Calendar("Microsoft Exchange Server 2010", reply,
            $"ATTENDEE;PARTSTAT={reply.PartStat};CN=Ben:mailto:{reply.Who}", Line("COMMENT;LANGUAGE=de-DE:", reply.Comment ?? "\\n"), $"UID:{reply.Uid.ToUpperInvariant()}",
            $"SUMMARY;LANGUAGE=de-DE:Zugesagt: {reply.Title}", Line("DTSTART", reply.Start), Line("DTEND", reply.End), Line("RECURRENCE-ID", reply.RecurrenceId),
            "CLASS:PUBLIC", "PRIORITY:5", $"DTSTAMP:{reply.Stamp}", "TRANSP:OPAQUE", "STATUS:CONFIRMED", Number(reply), "LOCATION;LANGUAGE=de-DE:",
            "X-MICROSOFT-CDO-APPT-SEQUENCE:0", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY", "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE", "X-MICROSOFT-CDO-IMPORTANCE:1");
        return Mail(reply, "=?iso-8859-1?Q?Zugesagt=3A_K=FCr_?= =?iso-8859-1?Q?und_Probe?=",
            "multipart/alternative;\r\n\tboundary=\"_000_DB9PR08MB6619exampleDB9PR08_\"",
            Part("_000_DB9PR08MB6619exampleDB9PR08_",
                "Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6ne Gr=FC=DFe\r\n",
                $"Content-Type: text/calendar; charset=\"utf-8\"; method={reply.Method}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(Base64(ics))}"));
    }

    /// <summary>Hardly more than who answers what: no SEQUENCE, no times.</summary>
    public static byte[] Apple(ClientReply reply)
    {
        var counter = reply.Method == "COUNTER";
        var ics = Calendar("-//Apple Inc.//macOS 13.6//EN", reply,
            $"ATTENDEE;CN=\"Ben\";PARTSTAT={reply.PartStat}:mailto:{reply.Who}", $"DTSTAMP:{reply.Stamp}", $"ORGANIZER;CN=\"Ana\":mailto:{reply.To}", $"UID:{reply.Uid}",
            Line("RECURRENCE-ID", reply.RecurrenceId), Line("DTSTART", counter ? reply.Start : null), Line("DTEND", counter ? reply.End : null), Line("COMMENT:", reply.Comment));
        return Mail(reply, "Accepted: " + reply.Title,
            "multipart/alternative;\r\n boundary=\"Apple-Mail=_8A6F0A0E-6C1B-4E4F-9D6B-0123456789AB\"",
            Part("Apple-Mail=_8A6F0A0E-6C1B-4E4F-9D6B-0123456789AB",
                "Content-Transfer-Encoding: 7bit\r\nContent-Type: text/plain;\r\n\tcharset=us-ascii\r\n\r\nBen has accepted the invitation.\r\n",
                $"Content-Transfer-Encoding: base64\r\nContent-Type: text/calendar;\r\n\tmethod={reply.Method};\r\n\tname*=utf-8''iCal%2D20300304%2D091500.ics;\r\n\tcharset=utf-8\r\n\r\n{Lines(Base64(ics))}"));
    }

    /// <summary>8-bit, and an attachment of the same.</summary>
    public static byte[] Thunderbird(ClientReply reply)
    {
        var ics = Calendar("-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", reply,
            "CREATED:20300301T090000Z", "LAST-MODIFIED:20300304T091500Z", $"DTSTAMP:{reply.Stamp}", $"UID:{reply.Uid}", $"SUMMARY:{reply.Title} – größer",
            $"ORGANIZER;ROLE=CHAIR;CN=Ana:mailto:{reply.To}", $"ATTENDEE;CN=Ben;PARTSTAT={reply.PartStat};ROLE=REQ-PARTICIPANT:mailto:{reply.Who}",
            Line("RECURRENCE-ID", reply.RecurrenceId), Line("DTSTART", reply.Start), Line("DTEND", reply.End), Line("COMMENT:", reply.Comment), Number(reply), "X-MOZ-RECEIVED-SEQUENCE:0");
        return Mail(reply, "Re: Einladung: Größe (Ümlaut)",
            "multipart/mixed; boundary=\"------------Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)\"",
            Part("------------Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)",
                "Content-type: multipart/alternative;\r\n boundary=\"------------Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)2\"\r\n\r\n"
                + Parts("------------Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)2",
                    "Content-type: text/plain; charset=UTF-8\r\nContent-transfer-encoding: 8BIT\r\n\r\nBen nimmt teil – schön.\r\n",
                    $"Content-type: text/calendar; method={reply.Method}; charset=UTF-8\r\nContent-transfer-encoding: 8BIT\r\n\r\n{ics}"),
                $"Content-type: application/ics; name=invite.ics\r\nContent-transfer-encoding: 8BIT\r\nContent-disposition: attachment; filename=invite.ics\r\n\r\n{ics}"));
    }

    /// <summary>Only attached, beside text and HTML.</summary>
    public static byte[] Nextcloud(ClientReply reply)
    {
        var ics = Calendar("-//IDN nextcloud.com//Calendar app 5.0.0//EN", reply,
            "CREATED:20300301T090000Z", $"DTSTAMP:{reply.Stamp}", Number(reply), $"UID:{reply.Uid}", Line("DTSTART", reply.Start), Line("DTEND", reply.End), $"SUMMARY:{reply.Title}",
            Line("RECURRENCE-ID", reply.RecurrenceId), Line("COMMENT:", reply.Comment),
            $"ORGANIZER;CN=Ana:mailto:{reply.To}", $"ATTENDEE;CN=Ben;CUTYPE=INDIVIDUAL;PARTSTAT={reply.PartStat};ROLE=REQ-PARTICIPA\r\n NT;RSVP=TRUE;LANGUAGE=de;SCHEDULE-STATUS=1.1:mailto:{reply.Who}");
        return Mail(reply, "=?utf-8?Q?Re:_=E2=80=9E?=\r\n =?utf-8?Q?Kickoff=E2=80=9C?=",
            "multipart/mixed; boundary=3h2Wd_0",
            Part("3h2Wd_0",
                "Content-Type: multipart/alternative; boundary=3h2Wd_1\r\n\r\n"
                + Parts("3h2Wd_1",
                    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nBen hat Ihre Einladung angenommen =E2=9C=93\r\n",
                    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<b>Ben</b> hat angenommen\r\n"),
                $"Content-Type: text/calendar; method={reply.Method}; charset=\"utf-8\"; name=\"event.ics\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=event.ics\r\n\r\n{Lines(Base64(ics))}"));
    }

    private static byte[] Mail(ClientReply reply, string subject, string type, string body) => Encoding.UTF8.GetBytes(
        $"Return-Path: <{reply.From}>\r\nReceived: from mx.example.com (mx.example.com [192.0.2.1])\r\n\tby mail.example.com with ESMTPS id 4Fx1\r\n\tfor <{reply.To}>; Mon, 4 Mar 2030 09:15:02 +0000 (UTC)\r\n"
        + $"From: \"Ben, B.\" <{reply.From}>\r\nTo: Ana via Convene <{reply.To}>\r\nSubject: {subject}\r\nDate: Mon, 4 Mar 2030 09:15:00 +0000\r\nMessage-ID: <{reply.MessageId}>\r\n{reply.Head}"
        + $"MIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{body}");

    private static string Calendar(string product, ClientReply reply, params string?[] lines) =>
        string.Join("\r\n", ((string?[])["BEGIN:VCALENDAR", $"PRODID:{product}", "VERSION:2.0", "CALSCALE:GREGORIAN", $"METHOD:{reply.Method}", "BEGIN:VEVENT", .. lines, "END:VEVENT", "END:VCALENDAR", ""])
            .Where(l => l is not null));

    private static string? Line(string name, string? value) => value is null ? null : name + value;

    private static string? Number(ClientReply reply) => reply.Sequence is { } number ? $"SEQUENCE:{number}" : null;

    private static string Part(string boundary, params string[] parts) => "This is a multi-part message in MIME format.\r\n" + Parts(boundary, parts);

    private static string Parts(string boundary, params string[] parts) => string.Concat(parts.Select(p => $"--{boundary}\r\n{p}\r\n")) + $"--{boundary}--\r\n";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(string text) => string.Join("\r\n", text.Chunk(76).Select(c => new string(c)));
}
