using NodaTime;

namespace Convene.Server.Features.Admin;

/// What the clocks do, and how often. Whoever adds work to a clock names it here.
public sealed record Job(string Name, string Does, Duration Every)
{
    public static Job Mail { get; } = new("mail", "Sends what the outbox owes; at once when a booking rings.", Duration.FromSeconds(2));

    public static Job Reminders { get; } = new("reminders", "Owes reminders of meetings that are about to begin.", Duration.FromSeconds(10));

    public static Job SignIns { get; } = new("sign-ins", "Forgets sign-ins, tokens and counted failures that have been of no use for SIGN_IN_DAYS.", Duration.FromHours(1));

    public static Job Repeats { get; } = new("repeats", "Forgets answers to named requests (Idempotency-Key) after 24 hours.", Duration.FromHours(1));

    public static Job Audit { get; } = new("audit", "Removes what is older than AUDIT_DAYS; nothing if that is 0.", Duration.FromHours(1));

    public static Job Retention { get; } = new("retention", "Removes mails older than MAIL_DAYS and what is over for PAST_MEETING_DAYS; nothing of which that is 0.", Duration.FromHours(1));

    public static Job Erasure { get; } = new("erasure", "Takes the names and addresses of deleted accounts out of the audit, letters and the log of mails.", Duration.FromMinutes(10));

    public static Job Series { get; } = new("series", "Books the dates of meetings that repeat which have come within the horizon.", Duration.FromHours(1));

    public static Job Zones { get; } = new("zones", "After a change of zone rules, moves what is to come to the instants at which clocks will show its times.", Duration.FromHours(1));

    public static Job ExternalCalendars { get; } = new("external-calendars", "Reads the calendars elsewhere that are due, each on one node.", Duration.FromSeconds(30));

    public static IReadOnlyList<Job> All { get; } = [Mail, Reminders, SignIns, Repeats, Audit, Retention, Erasure, Series, Zones, ExternalCalendars];
}
