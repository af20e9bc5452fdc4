using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Convene.Server.Doors.Rest;

/// Request bodies as the API's description shows them; MayBeNull marks the fields that may be null. The doors read them field by field (Fields.cs), so that every mistake is told at once.
public static class Bodies
{
    private const string NoPassword = "May be left out by who has none, or signs in with the provider: they must have signed in just now (ten minutes).";

    /// <param name="Token">What stands behind `#token=` in the mail's link.</param>
    public sealed record InvitationToken(string Token);

    /// <param name="Token">What stands behind `#token=` in the mail's link.</param>
    /// <param name="Status">accepted, declined or tentative.</param>
    public sealed record InvitationAnswer(string Token, string Status);

    /// <param name="Start">Without an offset it is in the meeting's zone.</param>
    /// <param name="Comment">For the host.</param>
    public sealed record Proposal([property: Required] string Start, [property: Required] string End, [property: MaxLength(ProposalsDoor.LongestComment)] string? Comment);

    /// <param name="ConflictPolicy">What to do about people who are busy then, as in a change of the meeting.</param>
    public sealed record ProposalAccepted([property: AllowedValues("skip", "reject", "allow")] string? ConflictPolicy);

    /// <summary>A calendar file.</summary>
    /// <param name="File">The .ics file.</param>
    /// <param name="Commit">true: it is written; else the answer is a preview.</param>
    /// <param name="Timezone">IANA zone for times that name none, and for whole days; default mine.</param>
    public sealed record CalendarFile([property: Required] IFormFile File, bool? Commit, string? Timezone);

    /// <summary>A link that calendar programs subscribe to.</summary>
    public sealed record Feed(
        [property: Required, MaxLength(100)] string Name,
        [property: Description("Only when I am busy, not with what or with whom; default false.")] bool? FreeBusyOnly);

    /// <summary>What is absent stays.</summary>
    public sealed record FeedChange([property: MaxLength(100)] string? Name, bool? FreeBusyOnly);

    /// The field may be null, not only absent.
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class MayBeNullAttribute : Attribute;

    /// <summary>A new account. E-mail address or user name is required.</summary>
    public sealed record Register(
        [property: EmailAddress, MaxLength(254)] string? Email,
        [property: MayBeNull, MaxLength(150)] string? Username,
        [property: Required, MinLength(8), MaxLength(1024)] string Password,
        [property: Description("If present, must equal password.")] string? Password2,
        [property: MaxLength(150)] string? FirstName,
        [property: MaxLength(150)] string? LastName,
        [property: Description("IANA zone; default UTC.")] string? Timezone,
        [property: Description("HH:MM or HH:MM:SS; default 09:00:00.")] string? WorkingHoursStart,
        [property: Description("HH:MM or HH:MM:SS; default 17:00:00.")] string? WorkingHoursEnd,
        [property: MaxLength(7), Description("On which days, 0 is Monday; default every day.")] IReadOnlyList<int>? WorkingDays);

    /// <summary>E-mail address or user name (either field takes both), and the password.</summary>
    public sealed record Login([property: MayBeNull] string? Email, [property: MayBeNull] string? Username, [property: Required] string Password);

    /// <param name="Challenge">Of the login that answered `second_factor_required`.</param>
    /// <param name="Code">Six digits of the app, or a recovery code.</param>
    public sealed record SecondFactor([property: Required, MaxLength(100)] string Challenge, [property: Required, MaxLength(40)] string Code);

    public sealed record PasswordAgain([property: Required] string Password);

    public sealed record PasswordOrLogin([property: Description(NoPassword)] string? Password);

    /// <param name="Code">Six digits of the app.</param>
    public sealed record FirstCode([property: Required, MaxLength(40)] string Code);

    /// <param name="Code">Six digits of the app, or a recovery code.</param>
    public sealed record PasswordAndCode([property: Required] string Password, [property: Required, MaxLength(40)] string Code);

    /// <summary>What the browser says of a passkey that was shown; bytes as base64url.</summary>
    public sealed record ShownPasskey(
        [property: Required] string CredentialId, [property: Required] string ClientDataJson, [property: Required] string AuthenticatorData,
        [property: Required] string Signature, [property: Required] string UserHandle);

    /// <summary>What the browser says of a passkey that was made; bytes as base64url.</summary>
    /// <param name="Name">For its owner.</param>
    public sealed record NewPasskey([property: Required, MaxLength(PasskeysDoor.LongestName)] string Name, [property: Required] string ClientDataJson, [property: Required] string AttestationObject);

    /// <summary>May be empty: then the login of the request's own credential ends.</summary>
    public sealed record Logout(string? Refresh);

    public sealed record RefreshToken([property: Required] string Refresh);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record ChangeMe(
        [property: MayBeNull, MaxLength(150)] string? Username,
        [property: MaxLength(150)] string? FirstName,
        [property: MaxLength(150)] string? LastName,
        [property: Description("IANA zone.")] string? Timezone,
        string? WorkingHoursStart,
        string? WorkingHoursEnd,
        [property: MaxLength(7), Description("0 is Monday.")] IReadOnlyList<int>? WorkingDays,
        NotificationChoices? Notifications,
        [property: MayBeNull, Range(0, 40_320), Description("How long before the start the meetings I host remind everybody, where they say nothing else; null: not at all.")] int? DefaultReminderMinutes,
        [property: AllowedValues("public", "signed_in", "shared", "nobody"), Description("Who may see when I am busy or free. shared: whoever is in a meeting that I host or have said yes or maybe to.")] string? FreeBusyVisibility);

    /// <summary>Which mail about meetings I want; what is absent stays as it is.</summary>
    public sealed record NotificationChoices(bool? Invitations, bool? Changes, bool? Cancellations, bool? Answers, bool? Reminders);

    public sealed record ChangePassword(
        [property: Required] string OldPassword,
        [property: Required, MinLength(8), MaxLength(1024)] string NewPassword,
        [property: Required] string NewPassword2);

    public sealed record DeleteAccount(
        [property: Description(NoPassword)] string? Password,
        [property: MaxLength(40), Description("Six digits of the app, or a recovery code; where there is a second factor.")] string? Code = null);

    /// <summary>A key for a program of mine.</summary>
    public sealed record ApiKey(
        [property: Required, MaxLength(100), Description("What it is for.")] string Name,
        [property: Required, AllowedValues("read", "write", "admin"), Description("What it may; `admin` only for administrators.")] string Scope,
        [property: MayBeNull, Range(1, 36_500), Description("How long it works; default 90 days, at most 366, unless the server's settings say otherwise.")] int? ExpiresInDays,
        [property: Description(NoPassword)] string? Password);

    public sealed record ForgotPassword([property: Required, EmailAddress] string Email);

    public sealed record ResetPassword(
        [property: Required, MaxLength(200)] string Token,
        [property: Required, MinLength(8), MaxLength(1024)] string NewPassword,
        [property: Description("If present, must equal new_password.")] string? NewPassword2);

    public sealed record VerifyEmail([property: Required, MaxLength(200)] string Token);

    /// <summary>The token that the server printed on its console.</summary>
    public sealed record ClaimAdmin([property: Required, MaxLength(200)] string Token);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record PersonChange(
        [property: Description("False: the account can't sign in any more, and all its sign-ins end.")] bool? IsActive,
        [property: Description("Whether they are an administrator.")] bool? IsStaff);

    public sealed record AdminCancel([property: Required, MaxLength(1_000), Description("Told to everybody.")] string Reason);

    public sealed record Invitee(
        [property: Required, EmailAddress, MaxLength(254)] string Email,
        [property: MayBeNull, MaxLength(255)] string? Name,
        [property: AllowedValues("attendee", "cohost"), Description("A cohost may edit the meeting.")] string? Role);

    public sealed record Meeting(
        [property: Required, MaxLength(255)] string Title,
        [property: Required, Description("ISO 8601, with any offset; without one it is read in `timezone`.")] string StartTime,
        [property: Required, Description("After start_time; at most 366 days later.")] string EndTime,
        [property: MayBeNull, MaxLength(20_000)] string? Description,
        [property: MayBeNull, MaxLength(255)] string? Location,
        [property: Description("IANA zone in which the meeting is planned; default: the host's.")] string? Timezone,
        [property: AllowedValues("scheduled", "cancelled", "completed")] string? Status,
        [property: MaxLength(1000), Description("In PUT and PATCH: if present, the participants become exactly these.")] IReadOnlyList<Invitee>? Participants,
        [property: AllowedValues("skip", "reject", "allow"), Description("Busy participants: leave them out and report it (skip, the default), refuse the request (reject), or double-book them (allow). When a meeting moves, whoever takes part already is never left out by default: the request is refused.")] string? ConflictPolicy,
        [property: MayBeNull, Range(0, 40_320), Description("How long before the start everybody is reminded; null: not at all; default 30.")] int? ReminderMinutes,
        [property: MayBeNull, Description("How it repeats: an RRULE (RFC 5545 §3.3.10) as text, or its parts. Absent or null: once.")] Recurrence? Recurrence,
        [property: AllowedValues("dates", "person"), Description("Whoever is busy at some of the dates and is skipped is left out of these dates (the default), or of all.")] string? SeriesConflict);

    /// <summary>How a meeting repeats: `rrule`, or the fields of a form. Its days are those of the start.</summary>
    public sealed record Recurrence(
        [property: MaxLength(2_000)] string? Rrule,
        [property: AllowedValues("daily", "weekly", "monthly", "yearly")] string? Frequency,
        [property: Range(1, 1_000)] int? Interval,
        [property: MaxLength(7), Description("Weekly: monday to sunday; absent: the day of the start.")] IReadOnlyList<string>? Weekdays,
        [property: AllowedValues("day_of_month", "weekday", "last_day"), Description("Monthly and yearly: on the day of the month, the weekday (second Tuesday), or the last day.")] string? On,
        [property: MayBeNull, Range(-1, 4), Description("With on: weekday: which of the month; -1: the last; null: as the start.")] int? Week,
        [property: MayBeNull, Description("The last day.")] string? Until,
        [property: MayBeNull, Range(1, 1_000), Description("How often.")] int? Count,
        [property: MaxLength(500), Description("More starts, as wall times in the meeting's zone.")] IReadOnlyList<string>? Rdate,
        [property: MaxLength(500), Description("Starts left out.")] IReadOnlyList<string>? Exdate);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record MeetingChange(
        [property: MaxLength(255)] string? Title,
        string? StartTime,
        string? EndTime,
        [property: MayBeNull, MaxLength(20_000)] string? Description,
        [property: MayBeNull, MaxLength(255)] string? Location,
        string? Timezone,
        [property: AllowedValues("scheduled", "cancelled", "completed")] string? Status,
        [property: MaxLength(1000)] IReadOnlyList<Invitee>? Participants,
        [property: AllowedValues("skip", "reject", "allow")] string? ConflictPolicy,
        [property: MayBeNull, Range(0, 40_320)] int? ReminderMinutes,
        [property: AllowedValues("this", "following", "all"), Description("Of a series: what it changes; default: this one.")] string? Scope,
        [property: MayBeNull, Description("With scope following or all: how it repeats from now on.")] Recurrence? Recurrence,
        [property: AllowedValues("dates", "person")] string? SeriesConflict);

    public sealed record NewParticipant(
        [property: Required, EmailAddress, MaxLength(254)] string Email,
        [property: MayBeNull, MaxLength(255)] string? Name,
        [property: AllowedValues("attendee", "cohost")] string? Role,
        [property: AllowedValues("reject", "allow"), Description("A busy person is refused (reject, the default) or double-booked (allow).")] string? ConflictPolicy);

    public sealed record ParticipantChange(
        [property: MaxLength(255)] string? Name,
        [property: AllowedValues("attendee", "cohost")] string? Role);

    public sealed record ParticipantStatus(
        [property: Required, AllowedValues("pending", "accepted", "declined", "tentative")] string Status,
        [property: AllowedValues("reject", "allow")] string? ConflictPolicy);

    public sealed record CheckConflicts(
        [property: Required] string StartTime,
        [property: Required] string EndTime,
        [property: Required, MinLength(1), MaxLength(1000)] IReadOnlyList<string> ParticipantEmails,
        [property: MayBeNull, Description("A meeting that does not count: the one being moved.")] Guid? ExcludeMeetingId,
        [property: Description("In which times without an offset are read; default: the asker's.")] string? Timezone);

    /// <summary>Hours of a day of the week.</summary>
    public sealed record WeeklyRange(
        [property: Required, Range(0, 6), Description("0 is Monday.")] int DayOfWeek,
        [property: Required, Description("HH:MM or HH:MM:SS.")] string StartTime,
        [property: Required, Description("At or before the start: on the next day. 24:00 is the end of the day.")] string EndTime);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record Availability(
        [property: Description("IANA zone on whose clocks the hours are.")] string? Timezone,
        [property: MayBeNull, MaxLength(100), Description("They become exactly these; an empty list: never open; null: as if none had ever been set.")] IReadOnlyList<WeeklyRange>? WeeklyHours,
        [property: MaxLength(100), Description("Weekly time in which nothing can be booked; it becomes exactly this.")] IReadOnlyList<WeeklyRange>? FocusTime);

    /// <summary>Hours of a date.</summary>
    public sealed record ClockRange(
        [property: Required] string StartTime,
        [property: Required, Description("At or before the start: on the next day.")] string EndTime);

    public sealed record Override(
        [property: Required, AllowedValues("hours", "blocked", "out_of_office"), Description("hours: that date's hours instead of the week's. blocked: hours of that date in which nothing can be booked. out_of_office: away.")] string Kind,
        [property: Description("YYYY-MM-DD; required for hours and blocked, and the first day of an absence of whole days.")] string? Date,
        [property: MaxLength(100), Description("Required for hours (an empty list closes the date) and blocked.")] IReadOnlyList<ClockRange>? Hours,
        [property: Description("Of an absence of whole days: the last one; default date.")] string? EndDate,
        [property: Description("Of an absence by the clock: ISO 8601; without an offset it is read in my zone.")] string? StartTime,
        [property: Description("Of an absence by the clock.")] string? EndTime,
        [property: MayBeNull, MaxLength(500), Description("For myself.")] string? Reason);

    public sealed record Event(
        [property: Required, MaxLength(255)] string Title,
        [property: Required, Description("ISO 8601; without an offset it is read in the owner's zone.")] string StartTime,
        [property: Required, Description("After start_time.")] string EndTime,
        [property: AllowedValues("busy", "free"), Description("Default busy.")] string? EventType,
        [property: MayBeNull, MaxLength(20_000)] string? Description);

    public sealed record ExternalCalendar(
        [property: Required, MaxLength(255)] string Name,
        [property: Required, MaxLength(2_000), Description("http, https or webcal. A user and password in it (https://user:password@…) are sent to its own server only.")] string Url,
        [property: AllowedValues("open", "closed"), Description("open (the default): what was read last goes on counting. closed: after a day without an answer I count as busy at all times.")] string? WhenUnreachable);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record ExternalCalendarChange(
        [property: MaxLength(255)] string? Name,
        [property: MaxLength(2_000)] string? Url,
        [property: AllowedValues("open", "closed")] string? WhenUnreachable);

    /// <summary>What is absent stays as it is.</summary>
    public sealed record EventChange(
        [property: MaxLength(255)] string? Title,
        string? StartTime,
        string? EndTime,
        [property: AllowedValues("busy", "free")] string? EventType,
        [property: MayBeNull, MaxLength(20_000)] string? Description);

    public sealed record FindSlots(
        [property: MinLength(1), MaxLength(1000), Description("Default [1], if no emails are named either.")] IReadOnlyList<long>? UserIds,
        [property: MinLength(1), MaxLength(1000), Description("More people, by address.")] IReadOnlyList<string>? Emails,
        [property: Range(1, 10_080), Description("Default 60.")] int? DurationMinutes,
        [property: Range(1, 1440), Description("From one possible start to the next; default 30.")] int? StepMinutes,
        [property: AllowedValues("contained", "start"), Description("Whether the whole slot must lie in everybody's hours (the default), or only its start.")] string? WorkingHoursRule,
        [property: Description("Default now; what is past is never offered.")] string? WindowStart,
        [property: Description("No slot starts at or after it; default a week after the start, at most 92 days.")] string? WindowEnd,
        [property: Description("In which times without an offset are read.")] string? Timezone,
        [property: Range(1, 100_000), Description("At most so many slots.")] int? Limit,
        [property: Range(0, 1440), Description("How long before a slot nothing else may take up anybody's time.")] int? BufferBeforeMinutes,
        [property: Range(0, 1440), Description("How long after it.")] int? BufferAfterMinutes,
        [property: Range(0, 132_480), Description("How far ahead of now a slot must begin at least.")] int? MinimumNoticeMinutes,
        [property: MaxLength(1000), Description("Who must come, by number or address; they may be named in user_ids or emails too.")] IReadOnlyList<object>? Required,
        [property: MaxLength(1000), Description("Who need not come, by number or address. Each slot then tells how many are free.")] IReadOnlyList<object>? Optional,
        [property: Range(1, 1000), Description("At least so many of everybody named must be free. Then only those in `required` must come.")] int? Quorum,
        [property: AllowedValues("earliest", "fewest_out_of_hours", "least_fragmentation"), Description("Best first, each with its `score` (lower is better): minutes after the first start tried; for how many it is outside their hours, which don't bind then; in how many more pieces people's free time lies afterwards. Default: by start, without a score.")] string? Rank);

    public sealed record PreviewRecurrence(
        [property: Required, Description("DTSTART: YYYYMMDDTHHMMSS, YYYYMMDD or ISO 8601; whole seconds.")] string Dtstart,
        [property: MayBeNull, Description("An IANA name, an old one, or a Windows name. Null or absent: floating, or in UTC if `dtstart` ends with Z.")] string? Tzid,
        [property: AllowedValues("DATE", "DATE-TIME"), Description("Default: as `dtstart` is.")] string? Value,
        [property: MaxLength(20), Description("RRULE values.")] IReadOnlyList<string>? Rrule,
        [property: MaxLength(20), Description("EXRULE values: what they give is left out.")] IReadOnlyList<string>? Exrule,
        [property: MaxLength(10_000), Description("RDATE: more occurrences.")] IReadOnlyList<string>? Rdate,
        [property: MaxLength(10_000), Description("EXDATE: occurrences left out.")] IReadOnlyList<string>? Exdate,
        [property: MayBeNull, Description("Only those that begin then or later.")] string? From,
        [property: MayBeNull, Description("Only those that begin before.")] string? To,
        [property: Range(1, 1000), Description("At most so many; default 100.")] int? Limit);

    public sealed record ExplainTime(
        [property: MinLength(1), MaxLength(1000)] IReadOnlyList<long>? UserIds,
        [property: MinLength(1), MaxLength(1000)] IReadOnlyList<string>? Emails,
        [property: Required] string StartTime,
        [property: Range(1, 10_080), Description("Default 60.")] int? DurationMinutes,
        [property: Description("In which a time without an offset is read; default: the asker's.")] string? Timezone,
        [property: AllowedValues("contained", "start")] string? WorkingHoursRule,
        [property: Range(0, 1440), Description("How long before a slot nothing else may take up anybody's time.")] int? BufferBeforeMinutes,
        [property: Range(0, 1440), Description("How long after it.")] int? BufferAfterMinutes,
        [property: Range(0, 132_480), Description("How far ahead of now a slot must begin at least.")] int? MinimumNoticeMinutes);

    public sealed record SignUp(
        [property: Required, MaxLength(150)] string Username,
        [property: Required, EmailAddress, MaxLength(254)] string Email,
        [property: Required, MinLength(8), MaxLength(1024)] string Password);

    public sealed record UserLogin([property: Required, Description("User name or e-mail address.")] string Username, [property: Required] string Password);

    public sealed record BlockSlots(
        [property: Required, Description("YYYY-MM-DD.")] string Date,
        [property: Required, MaxLength(24), Description("Hours from 0 to 23; 10 is 10:00–11:00. They become exactly these.")] IReadOnlyList<int> BlockedSlots);

    public sealed record HourlyEvent(
        [property: Required, MaxLength(60)] string Title,
        [property: Required, Description("YYYY-MM-DD HH:MM:SS in the asker's zone; the event lasts an hour.")] string TimeSlot,
        [property: MayBeNull, MaxLength(500)] string? Description,
        [property: MaxLength(1000), Description("Addresses of the others; the organiser takes part anyway.")] IReadOnlyList<string>? Participants);

    /// <summary>In PUT title and time_slot are required; what is absent stays.</summary>
    public sealed record HourlyEventChange(
        [property: MaxLength(60)] string? Title,
        string? TimeSlot,
        [property: MayBeNull, MaxLength(500)] string? Description,
        [property: MaxLength(1000), Description("Addresses, the organiser's included.")] IReadOnlyList<string>? Participants,
        [property: AllowedValues("active", "cancelled")] string? Status);

    public sealed record LoginOrSignUp(
        [property: Required, MaxLength(150)] string Username,
        [property: Required] string Password,
        [property: MayBeNull, EmailAddress, Description("Of a new account.")] string? Email,
        [property: Description("IANA zone of a new account; default UTC.")] string? DefaultTimezone);

    public sealed record MeetingType(
        [property: Required, MaxLength(100)] string Name,
        [property: MayBeNull, MaxLength(20_000)] string? Description,
        [property: Range(1, 1440), Description("Minutes; default 30.")] int? DefaultDuration,
        [property: Description("Default #000000.")] string? ColorCode);

    public sealed record OfferedSlot(
        [property: Range(0, 6), Description("0 is Monday; may stand above the slots of a day.")] int? DayOfWeek,
        [property: Required, Description("HH:MM in the asker's zone.")] string StartTime,
        [property: Required, Description("Before the start: on the next day.")] string EndTime,
        [property: Required, Description("1, focus time, blocks instead.")] int MeetingType,
        [property: Description("Default true.")] bool? IsActive);

    public sealed record SlotsOfDay([property: Required, Range(0, 6)] int DayOfWeek, [property: Required, MaxLength(200)] IReadOnlyList<OfferedSlot> Slots);

    public sealed record OfferedSlots([property: Required, MaxLength(200)] IReadOnlyList<SlotsOfDay> Availabilities);

    /// <summary>What is absent stays.</summary>
    public sealed record OfferedSlotChange([property: Range(0, 6)] int? DayOfWeek, string? StartTime, string? EndTime, int? MeetingType, bool? IsActive);

    public sealed record ScheduleMeeting(
        [property: Required] int OrganizerId,
        [property: Required] int MeetingType,
        [property: Required, MaxLength(255)] string Title,
        [property: Required, Description("YYYY-MM-DDTHH:MM in the asker's zone.")] string StartTime,
        [property: Required] string EndTime,
        [property: MayBeNull, MaxLength(20_000)] string? Description);

    public sealed record ExtendMeeting(
        [property: Required, Description("YYYY-MM-DDTHH:MM in the organizer's zone.")] string ExtendedEndTime,
        [property: MayBeNull, MaxLength(500)] string? Reason);

    public sealed record Reschedule(
        [property: Required] Guid MeetingId,
        [property: Required, Description("YYYY-MM-DDTHH:MM in the organizer's zone.")] string NewStartTime,
        [property: Required] string NewEndTime,
        [property: MayBeNull, MaxLength(500)] string? Reason);

    public sealed record Files([property: Required, MinLength(1), Description("One or more.")] IReadOnlyList<IFormFile> File);

    public sealed record Notify([property: AllowedValues("invitation", "update", "cancellation", "reminder"), Description("Default reminder.")] string? Type);
}
