using System.Net.Mime;
using System.Text;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Recurrence;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// Meetings as systems 0 and 1 ask for them, merged (CONTRACT §7.4).
public static class MeetingsDoor
{
    public const int LongestTitle = 255;
    public const int LongestLocation = 255;
    public const int LongestDescription = 20_000;
    public const int MostParticipants = 1_000;

    // Four weeks, as calendar programs allow.
    public const int MostReminderMinutes = 40_320;

    private static readonly Dictionary<string, MeetingStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["scheduled"] = MeetingStatus.Scheduled,
        ["cancelled"] = MeetingStatus.Cancelled,
        ["completed"] = MeetingStatus.Completed,
    };

    internal static readonly Dictionary<string, Answer> AnswersByWord = new(StringComparer.Ordinal)
    {
        ["pending"] = Answer.Pending,
        ["invited"] = Answer.Pending,
        ["accepted"] = Answer.Accepted,
        ["declined"] = Answer.Declined,
        ["tentative"] = Answer.Tentative,
    };

    internal static readonly Dictionary<string, ConflictPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["skip"] = ConflictPolicy.Skip,
        ["reject"] = ConflictPolicy.Reject,
        ["allow"] = ConflictPolicy.Allow,
    };

    private static readonly Dictionary<string, bool> Roles = new(StringComparer.Ordinal) { ["attendee"] = false, ["cohost"] = true };

    private static readonly Dictionary<string, string> NotificationTypes = Features.Meetings.Notify.Types.ToDictionary(t => t, StringComparer.Ordinal);

    public static async Task<IResult> Create(HttpContext http, CreateMeeting create, CreateSeries series)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new CreateMeeting.Request(
            fields.Text("title", required: true, blank: false, most: LongestTitle) ?? "",
            fields.Emptiable("description", LongestDescription) ?? "",
            fields.Emptiable("location", LongestLocation) ?? "",
            fields.Time("start_time", required: true) ?? default,
            fields.Time("end_time", required: true) ?? default,
            fields.Zone("timezone") ?? http.Actor().Zone,
            fields.Choice("status", Statuses) ?? MeetingStatus.Scheduled,
            Invitees(fields) ?? [],
            fields.Choice("conflict_policy", Policies) ?? ConflictPolicy.Skip,
            WithReminder: !fields.IsNull("reminder_minutes"),
            ReminderMinutes: Reminder(fields),
            RefusePast: IsStrict(http));
        var repetition = SeriesDoor.Repetition(fields);
        var conflict = SeriesDoor.Conflict(fields);
        if (repetition is not null && request.Status != MeetingStatus.Scheduled)
            fields.Wrong("status", "A meeting that repeats is booked as scheduled.");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return repetition is null
            ? await Repeats.Created(http, () => create.Handle(http.Actor(), request))
            : await Repeats.Created(http, () => series.Handle(http.Actor(), new CreateSeries.Request(request, repetition, conflict)));
    }

    public static async Task<IResult> List(HttpContext http, ListMeetings list)
    {
        var query = new Query(http.Request.Query);
        var zone = http.Actor().Zone;
        var paged = query.Has("page") || query.Has("page_size");
        var order = query.Text("ordering") ?? "start_time";
        var request = new ListMeetings.Request(
            query.Choice("status", Statuses),
            query.DayOrTime("from_date", zone, endOfDay: false),
            query.DayOrTime("to_date", zone, endOfDay: true),
            query.DayOrTime("ends_after", zone, endOfDay: false),
            query.Text("search"),
            query.OneOf("ordering", order.StartsWith('-') ? order[1..] : order, ["start_time", "end_time", "created_at", "title"]),
            order.StartsWith('-'),
            paged ? query.Page() : 1,
            paged ? query.Whole("page_size", 20, 1, 100) : ListMeetings.Cap,
            query.Text("series") is { } series ? Id(series) : null);
        if (query.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await list.Handle(http.Actor(), request), result => paged
            ? Answers.Ok(Paging.Envelope(http, result.Meetings, result.Total, request.Page, request.PageSize))
            : Paging.Array(http, result.Meetings, result.Total));
    }

    public static async Task<IResult> Read(HttpContext http, string id, ReadMeeting read) =>
        Answers.Of(await read.Handle(http.Actor(), Id(id)), meeting => Versions.Tagged(meeting, meeting.Version));

    public static Task<IResult> Replace(HttpContext http, string id, UpdateMeeting update, ChangeSeries series) => Update(http, id, update, series, whole: true);

    public static Task<IResult> Change(HttpContext http, string id, UpdateMeeting update, ChangeSeries series) => Update(http, id, update, series, whole: false);

    public static async Task<IResult> Delete(HttpContext http, string id, DeleteMeeting delete, DeleteSeries series)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var scope = SeriesDoor.ReadScope(http, fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        var outcome = scope != Scope.This ? await series.Handle(http.Actor(), Id(id), scope, http.Seen()) : await delete.Handle(http.Actor(), Id(id), http.Seen());
        return Answers.Of(outcome, _ => Results.NoContent());
    }

    public static async Task<IResult> Cancel(HttpContext http, string id, CancelMeeting cancel, CancelSeries series)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var scope = SeriesDoor.ReadScope(http, fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(scope != Scope.This ? await series.Handle(http.Actor(), Id(id), scope, http.Seen()) : await cancel.Handle(http.Actor(), Id(id), http.Seen()));
    }

    public static async Task<IResult> ExportIcs(HttpContext http, string id, ExportMeeting export) =>
        Answers.Of(await export.Handle(http.Actor(), Id(id)), file => Calendar(http, file));

    public static async Task<IResult> MyCalendar(HttpContext http, ExportCalendar export) => Calendar(http, await export.Handle(http.Actor()));

    public static async Task<IResult> CheckConflicts(HttpContext http, CheckConflicts check)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new CheckConflicts.Request(
            fields.Time("start_time", required: true) ?? default,
            fields.Time("end_time", required: true) ?? default,
            fields.Zone("timezone") ?? http.Actor().Zone,
            fields.Emails("participant_emails", MostParticipants) ?? [],
            MeetingId(fields, "exclude_meeting_id"));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await check.Handle(http.Actor(), request));
    }

    public static async Task<IResult> Notify(HttpContext http, string id, Notify notify)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var type = fields.Text("type") ?? "reminder";
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        if (!NotificationTypes.ContainsKey(type))
            return Answers.Problem(400, $"Type must be one of: [{string.Join(", ", NotificationTypes.Keys.Select(t => $"'{t}'"))}]");
        return Answers.Of(await notify.Handle(http.Actor(), Id(id), new Features.Meetings.Notify.Request(type)));
    }

    public static async Task<IResult> Notifications(HttpContext http, string id, ListNotifications list) =>
        Answers.Of(await list.Handle(http.Actor(), Id(id)));

    public static async Task<IResult> History(HttpContext http, string id, ListChanges list) => Answers.Of(await list.Handle(http.Actor(), Id(id)));

    public static async Task<IResult> Audit(HttpContext http, string id, ListMeetingAudit list) => Answers.Of(await list.Handle(http.Actor(), Id(id)));

    public static async Task<IResult> Participants(HttpContext http, string id, ListParticipants list) =>
        Answers.Of(await list.Handle(http.Actor(), Id(id)));

    public static async Task<IResult> AddParticipant(HttpContext http, string id, AddParticipant add)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var invitee = ReadInvitee(fields);
        var policy = fields.Choice("conflict_policy", Policies) ?? ConflictPolicy.Reject;
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : await Repeats.Created(http, () => add.Handle(http.Actor(), Id(id), new AddParticipant.Request(invitee!, policy)));
    }

    public static async Task<IResult> ChangeParticipant(HttpContext http, string id, string pid, ChangeParticipant change)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ChangeParticipant.Request(fields.Text("name", most: LongestTitle), fields.Choice("role", Roles));
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : Answers.Of(await change.Handle(http.Actor(), Id(id), ParticipantId(pid), request));
    }

    public static async Task<IResult> RemoveParticipant(HttpContext http, string id, string pid, RemoveParticipant remove) =>
        Answers.Of(await remove.Handle(http.Actor(), Id(id), ParticipantId(pid)), _ => Results.NoContent());

    public static async Task<IResult> AnswerInvitation(HttpContext http, string id, string pid, AnswerInvitation answer, AnswerSeries series)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var status = fields.Choice("status", AnswersByWord, required: true);
        var policy = fields.Choice("conflict_policy", Policies) ?? ConflictPolicy.Reject;
        var scope = SeriesDoor.ReadScope(http, fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        var request = new AnswerInvitation.Request(status!.Value, policy);
        return Answers.Of(scope != Scope.This
            ? await series.Handle(http.Actor(), Id(id), ParticipantId(pid), request, scope)
            : await answer.Handle(http.Actor(), Id(id), ParticipantId(pid), request));
    }

    private static async Task<IResult> Update(HttpContext http, string id, UpdateMeeting update, ChangeSeries series, bool whole)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new UpdateMeeting.Request
        {
            Title = fields.Text("title", required: whole, blank: false, most: LongestTitle),
            Description = fields.Emptiable("description", LongestDescription),
            Location = fields.Emptiable("location", LongestLocation),
            Start = fields.Time("start_time", required: whole),
            End = fields.Time("end_time", required: whole),
            Zone = fields.Zone("timezone"),
            Status = fields.Choice("status", Statuses),
            Participants = Invitees(fields),
            Policy = fields.Choice("conflict_policy", Policies),
            ChangeReminder = fields.Has("reminder_minutes"),
            ReminderMinutes = Reminder(fields),
            RefusePast = IsStrict(http),
            Seen = http.Seen(),
        };
        var (scope, repetition, conflict) = (SeriesDoor.ReadScope(http, fields), SeriesDoor.Repetition(fields), SeriesDoor.Conflict(fields));
        if (repetition is not null && scope == Scope.This)
            fields.Wrong("recurrence", "One meeting can't repeat otherwise than its series: send scope following or all.");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(scope != Scope.This
            ? await series.Handle(http.Actor(), Id(id), new ChangeSeries.Request(request, repetition, conflict, scope))
            : await update.Handle(http.Actor(), Id(id), request));
    }

    private static IReadOnlyList<Invitee>? Invitees(Fields fields)
    {
        var invitees = fields.Objects("participants", MostParticipants, ReadInvitee);
        // The same person twice is one invitation; the first name given counts.
        return invitees?.DistinctBy(i => i.Email, StringComparer.Ordinal).ToList();
    }

    private static Invitee? ReadInvitee(Fields fields)
    {
        var email = fields.Email("email", required: true);
        var name = fields.Text("name", most: LongestTitle, nullable: true);
        var cohost = fields.Choice("role", Roles);
        return email is null ? null : new Invitee(email, name, cohost);
    }

    private static int? Reminder(Fields fields) => fields.Whole("reminder_minutes", 0, MostReminderMinutes, nullable: true);

    private static string? MeetingId(Fields fields, string name)
    {
        if (fields.Text(name, nullable: true) is not { Length: > 0 } text)
            return null;
        if (Id(text) is { Length: > 0 } id)
            return id;
        fields.Wrong(name, "Must be a valid UUID.");
        return null;
    }

    /// An id of a wrong form is the id of nothing.
    internal static string Id(string text) => Guid.TryParseExact(text, "D", out var id) || Guid.TryParseExact(text, "N", out id) ? id.ToString() : "";

    private static long ParticipantId(string text) => long.TryParse(text, out var id) ? id : 0;

    internal static bool IsStrict(HttpContext http) => http.Request.Query["strict"].ToString() is "1" or "true";

    private static IResult Calendar(HttpContext http, CalendarFile file)
    {
        var name = new string([.. file.Title.Trim().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = $"\"{(name.Trim('_').Length > 0 ? name : "meeting")}.ics\"" };
        if (file.Title.Any(c => c > 127))
            disposition.FileNameStar = $"{new string([.. file.Title.Trim().Select(c => char.IsLetterOrDigit(c) ? c : '_')])}.ics";
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Text(file.Text, "text/calendar; charset=utf-8");
    }
}
