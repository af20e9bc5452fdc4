using System.Text.Json.Serialization;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Meetings;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Doors.Rest;

/// System 4's dialect (CONTRACT §5): organizers offer weekly slots, attendees book them. Times are on the clocks of the caller's zone.
public static class OrganizerCalendar
{
    private const int LongestReason = 500;

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    public sealed record SignedIn(string Token, long UserId, string Message);

    /// <summary>A weekly slot. Times of day are on the clocks of the caller's zone, where it is next.</summary>
    public sealed record WeeklySlot(long Id, long DayOfWeek, string StartTime, string EndTime, long MeetingType, bool IsActive);

    /// <summary>A booked meeting; of others' only its times are told.</summary>
    public sealed record BookedSlot(
        string StartTime, string EndTime,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MeetingId = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? AttendeeId = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AttendeeUsername = null);

    /// <param name="FocusTimeSlots">Only of the caller's own.</param>
    /// <param name="BookedSlotsHidden">True if the owner does not show the caller when they are busy: what is booked is not told then.</param>
    public sealed record Offer(
        IReadOnlyList<WeeklySlot> OriginalAvailability, IReadOnlyList<BookedSlot> BookedSlots,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WeeklySlot>? FocusTimeSlots,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? BookedSlotsHidden = null);

    public sealed record Scheduled(string Detail, string MeetingId);

    /// <param name="MovedMeetings">The ids of the meetings that were pushed.</param>
    public sealed record Extended(string Detail, IReadOnlyList<string> MovedMeetings);

    public sealed record Day(IReadOnlyList<ReadDay.Meeting> Meetings);

    /// <param name="ApiRequest">The request that takes it.</param>
    public sealed record Suggestion(string NewStartTime, string NewEndTime, string Reasoning, ApiRequest ApiRequest);

    public sealed record ApiRequest(string Method, string Url, RescheduleBody Body);

    public sealed record RescheduleBody(string MeetingId, string NewStartTime, string NewEndTime, string Reason);

    public static async Task<IResult> Login(HttpContext http, SignInOrUp login)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var username = fields.Has("username") ? AccountsDoor.Username(fields, nullable: true) : null;
        var password = fields.Has("password") ? fields.Text("password", trim: false, nullable: true) : null;
        if (string.IsNullOrEmpty(username) || string.IsNullOrEmpty(password))
            return Answers.Problem(400, "Username and password are required");
        var email = fields.Text("email", nullable: true) is { Length: > 0 } ? fields.Email("email") : null;
        AccountsDoor.CheckUsername(fields, username, email);
        AccountsDoor.NewPassword(fields, "password", "password2");
        var zone = fields.Zone("default_timezone");
        var request = new Register.Request(email, username, password, "", "", zone?.Id, new WorkingHours(null, null, null), http.Visitor());
        if (!(await login.Handle(request, fields.Mistakes, http.From())).Is(out var result, out var no))
            return no is Refusals.WrongCredentials ? Answers.Problem(400, "Invalid credentials", Members("error", "Invalid credentials")) : Answers.Refuse(no);
        Cookies.SignIn(http, result.Credentials);
        return result.IsNew
            ? Answers.Ok(new SignedIn(result.Credentials.Token, result.UserId, "User registered successfully"), StatusCodes.Status201Created)
            : Answers.Ok(new SignedIn(result.Credentials.Token, result.UserId, "User logged in successfully"));
    }

    public static async Task<IResult> Logout(HttpContext http, SignOut signOut)
    {
        if (http.Request.Headers.Authorization.Count == 0)
            return Answers.Problem(400, "Token not provided", Members("error", "Token not provided"));
        return Answers.Of(await signOut.Handle(new SignOut.Request(null, http.From()), http.Actor()), _ => Results.NoContent());
    }

    public static async Task<IResult> ListTypes(MeetingTypes types) => Answers.Ok(await types.List());

    public static async Task<IResult> AddType(HttpContext http, MeetingTypes types)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var color = fields.Text("color_code", most: 7) ?? "#000000";
        if (color.Length != 7 || color[0] != '#' || !color[1..].All(char.IsAsciiHexDigit))
            fields.Wrong("color_code", "Enter a colour such as #2563EB.");
        var request = new MeetingTypes.Request(
            fields.Text("name", required: true, blank: false, most: 100) ?? "", fields.Emptiable("description", MeetingsDoor.LongestDescription) ?? "",
            fields.Whole("default_duration", 1, 24 * 60) ?? 30, color);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : await Repeats.Created(http, () => types.Add(http.Actor(), request));
    }

    public static async Task<IResult> Schedule(HttpContext http, ScheduleMeeting schedule)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        if (((string[])["organizer_id", "meeting_type", "title", "start_time", "end_time"]).Any(f => !fields.Has(f) || fields.IsNull(f) || fields.Text(f) is ""))
            return Answers.Problem(400, "All required fields must be provided");
        if (fields.Mistakes is { } kinds && !kinds.Fields.ContainsKey("start_time") && !kinds.Fields.ContainsKey("end_time"))
            return Answers.Refuse(kinds);
        if (!TryTimes(fields, "start_time", "end_time", out var start, out var end))
            return Answers.Problem(400, "Invalid time format. Please use YYYY-MM-DDTHH:MM.");
        var request = new ScheduleMeeting.Request(
            fields.Whole("organizer_id", 0, int.MaxValue) ?? 0, fields.Whole("meeting_type", 0, int.MaxValue) ?? 0,
            fields.Text("title", most: MeetingsDoor.LongestTitle) ?? "", fields.Emptiable("description", MeetingsDoor.LongestDescription) ?? "", start, end);
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : await Repeats.Answer(http, () => schedule.Handle(http.Actor(), request), id => Answers.Ok(new Scheduled("Meeting scheduled successfully", id), StatusCodes.Status201Created));
    }

    public static async Task<IResult> Extend(HttpContext http, string id, ExtendMeeting extend)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        if (!fields.Has("extended_end_time") || fields.IsNull("extended_end_time") || fields.Text("extended_end_time") is "")
            return Answers.Problem(400, "The new end time must be provided.");
        var end = fields.Time("extended_end_time");
        var reason = fields.Emptiable("reason", LongestReason) ?? "";
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(
            await extend.Handle(http.Actor(), MeetingsDoor.Id(id), new ExtendMeeting.Request(end!.Value, reason)),
            result => Answers.Ok(new Extended("Meeting extended successfully", [.. result.Moved.Select(m => m.Id)])));
    }

    public static async Task<IResult> ReadDay(HttpContext http, string date, ReadDay read) => Fields.TryDate(date, out var day)
        ? Answers.Ok(new Day(await read.Handle(http.Actor(), day)))
        : Answers.Problem(400, "Invalid date format. Please use YYYY-MM-DD.");

    public static async Task<IResult> Reschedule(HttpContext http, UpdateMeeting update, ReadMeeting read)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        if (((string[])["meeting_id", "new_start_time", "new_end_time"]).Any(f => !fields.Has(f) || fields.IsNull(f) || fields.Text(f) is ""))
            return Answers.Problem(400, "Meeting ID, new start time, and new end time must be provided.");
        if (!TryTimes(fields, "new_start_time", "new_end_time", out var start, out var end))
            return Answers.Problem(400, "Invalid time format. Please use YYYY-MM-DDTHH:MM.");
        var id = MeetingsDoor.Id(fields.Text("meeting_id") ?? "");
        var reason = fields.Emptiable("reason", LongestReason) ?? "";
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        // Whoever else may edit a meeting does it under /api/meetings/; here the organizer alone moves it.
        if (!(await read.Handle(http.Actor(), id)).Is(out var meeting, out var unseen))
            return Answers.Refuse(unseen);
        if (meeting.CreatedBy != http.Actor().Id)
            return Answers.Refuse(new Refusals.NotAllowed("You do not have permission to reschedule this meeting."));
        var outcome = await update.Handle(http.Actor(), id, new UpdateMeeting.Request
        {
            // Given in the caller's zone; the meeting keeps its own.
            Start = Given(start.In(http.Actor().Zone)), End = Given(end.In(http.Actor().Zone)), Reason = reason, EverybodyIsFree = true,
        });
        if (outcome.Is(out _, out var no))
            return Answers.Ok(new Detail("Meeting rescheduled successfully"));
        return no is Refusals.Busy busy ? Answers.Problem(400, "The new times conflict with another meeting.", Members("conflicts", busy.Details)) : Answers.Refuse(no);
    }

    public static async Task<IResult> Suggest(HttpContext http, string id, SuggestTimes suggest)
    {
        var outcome = await suggest.Handle(http.Actor(), MeetingsDoor.Id(id), http.RequestAborted);
        if (!outcome.Is(out var suggestions, out var no))
            return no is Refusals.NotFound ? Answers.Problem(404, "Meeting not found or you are not the organizer.") : Answers.Refuse(no);
        return Answers.Ok(suggestions.Select(s =>
        {
            var (start, end) = (Text(s.Start, http.Actor().Zone, Minutes), Text(s.End, http.Actor().Zone, Minutes));
            return new Suggestion(start, end, s.Reasoning, new ApiRequest("POST", "/meetings/reschedule/", new RescheduleBody(MeetingsDoor.Id(id), start, end, s.Reasoning)));
        }).ToArray());
    }

    /// System 4's refusals, in its words.
    internal static IResult? Refuse(Refusal refusal) => refusal switch
    {
        ScheduleMeeting.NoSuchOrganizer => Answers.Problem(404, "Organizer not found."),
        ScheduleMeeting.NotOffered => Answers.Problem(400, "The selected time is not within the organizer's preferred availability."),
        ScheduleMeeting.TimeTaken => Answers.Problem(400, "The selected time conflicts with another meeting."),
        ExtendMeeting.EndsNoLater => Answers.Problem(400, "The new end time must be after the current end time."),
        ExtendMeeting.CannotPush stuck => Answers.Problem(400, "The next meeting cannot be pushed because of conflicts in attendee schedules.", Members("conflicts", stuck.Conflicts)),
        _ => null,
    };

    internal static string Text(Instant instant, DateTimeZone zone) => Text(instant, zone, Seconds);

    internal static Dictionary<string, object> Members(string name, object value) => new(StringComparer.Ordinal) { [name] = value };

    private static string Text(Instant instant, DateTimeZone zone, LocalDateTimePattern pattern) => pattern.Format(instant.InZone(zone).LocalDateTime);

    private static GivenTime Given(Instant instant) => new(instant.InUtc().LocalDateTime, Offset.Zero);

    private static bool TryTimes(Fields fields, string from, string to, out GivenTime start, out GivenTime end)
    {
        end = default;
        return Fields.TryTime(fields.Text(from) ?? "", out start) && Fields.TryTime(fields.Text(to) ?? "", out end)
            && start.Wall.Year is >= GivenTime.FirstYear and <= GivenTime.LastYear && end.Wall.Year is >= GivenTime.FirstYear and <= GivenTime.LastYear;
    }
}
