using System.Text.Json.Serialization;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Meetings;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Doors.Rest;

/// System 3's dialect (CONTRACT §4): days in hours, and events that are an hour long. An event is a meeting like any other.
public static class HourlyCalendar
{
    private const int LongestTitle = 60;
    private const int LongestDescription = 500;
    private const int PageSize = 10;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private static readonly Dictionary<string, MeetingStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["active"] = MeetingStatus.Scheduled,
        ["cancelled"] = MeetingStatus.Cancelled,
    };

    private static readonly string[] InvalidCredentials = ["Invalid credentials"];

    public sealed record User(long Id, string Username, string Email);

    public sealed record SignedIn(bool IsAuthenticated, User User, string AuthToken);

    /// <summary>What was asked for, in an envelope.</summary>
    public sealed record Envelope<T>(T Response)
        where T : notnull;

    /// <summary>A day in hours, from 0 to 23.</summary>
    /// <param name="Id">Null if no hours were ever blocked on that day.</param>
    /// <param name="AvailableTimeSlots">Hours that the person's own rules leave open.</param>
    /// <param name="BookedTimeSlots">Of those, the ones in which something is booked.</param>
    /// <param name="Timezone">On whose clocks the hours are: the person's.</param>
    public sealed record Day(
        long? Id, User User, string Date, IReadOnlyList<int> BlockedSlots, IReadOnlyList<int> AvailableTimeSlots, IReadOnlyList<int> BookedTimeSlots, string Timezone,
        string? Created, string? Modified);

    /// <summary>A meeting as an event. Times are on the clocks of the asker's zone.</summary>
    /// <param name="Participants">Addresses; the organiser's is the last.</param>
    /// <param name="Status">active, cancelled or completed.</param>
    /// <param name="MeetingId">What it is called under /api/meetings/.</param>
    public sealed record Event(
        long Id, IReadOnlyList<string> Participants, string Organiser, string Created, string Modified, string Title, string Description, string TimeSlot, string Status,
        long DurationMinutes, string MeetingId);

    public static async Task<IResult> SignUp(HttpContext http, Register register)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Refuse(refusal);
        var email = fields.Email("email", required: true);
        var username = AccountsDoor.Username(fields, required: true);
        AccountsDoor.CheckUsername(fields, username, email);
        var password = AccountsDoor.NewPassword(fields, "password", "password2");
        if (fields.Mistakes is { } mistakes)
            return Refuse(mistakes);
        var outcome = await register.Handle(new Register.Request(email, username, password!, "", "", null, new WorkingHours(null, null, null), http.Visitor()), http.From());
        return outcome.Is(out var made, out var no) ? Answers.Ok(Of(made.Account), StatusCodes.Status201Created) : Refuse(no);
    }

    public static async Task<IResult> Login(HttpContext http, SignIn signIn)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Refuse(refusal);
        var login = fields.Text("username", required: true, blank: false);
        var password = fields.Text("password", required: true, blank: false, trim: false);
        if (fields.Mistakes is { } mistakes)
            return Refuse(mistakes);
        if (!(await signIn.Handle(new SignIn.Request(login!, password!, http.Visitor()))).Is(out var result, out var no))
        {
            return no is not Refusals.WrongCredentials ? Answers.Refuse(no) : Answers.Unauthorized(
                "No active account found with the given credentials", ("is_authenticated", false), ("err_message", InvalidCredentials));
        }

        Cookies.SignIn(http, result.Credentials);
        return Answers.Ok(new SignedIn(true, Of(result.Account), result.Credentials.Token));
    }

    public static async Task<IResult> BlockSlots(HttpContext http, BlockHours block)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Refuse(refusal);
        var date = fields.Date("date", required: true);
        var hours = fields.Wholes("blocked_slots", 24, least: 0, largest: 23);
        if (!fields.Has("blocked_slots"))
            fields.Wrong("blocked_slots", "This field is required.");
        if (fields.Mistakes is { } mistakes)
            return Refuse(mistakes);
        var outcome = await block.Handle(http.Actor(), new BlockHours.Request(date!.Value, [.. hours!.Select(h => (int)h)]));
        return outcome.Is(out var day, out var no) ? Answers.Ok(new Envelope<Day>(Of(day))) : Refuse(no);
    }

    public static async Task<IResult> AvailableSlots(HttpContext http, ReadHours read)
    {
        var query = new Query(http.Request.Query);
        var date = query.Day("date");
        if (query.Mistakes is { } mistakes)
            return Refuse(mistakes);
        if (date is null)
            return Refuse(new Refusals.Invalid("date", "This query parameter is required: a date in YYYY-MM-DD format."));
        var user = query.Text("user")?.ToLowerInvariant();
        var outcome = await read.Handle(http.Actor(), new ReadHours.Request(date.Value, user));
        if (outcome.Is(out var day, out var no))
            return Answers.Ok(new Envelope<Day>(Of(day)));
        return no is Refusals.NotFound ? Fault(404, "Not found.", $"There is no user : {user}") : Refuse(no);
    }

    public static async Task<IResult> Create(HttpContext http, CreateMeeting create)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Refuse(refusal);
        var (title, slot, description, emails) = Read(fields, whole: true);
        if (fields.Mistakes is { } mistakes)
            return Refuse(mistakes);
        var zone = http.Actor().Zone;
        var request = new CreateMeeting.Request(
            title!, description ?? "", "", slot!.Value, Given(slot.Value.In(zone) + Duration.FromHours(1)), zone, MeetingStatus.Scheduled, Invitees(emails ?? []), ConflictPolicy.Reject, RefusePast: MeetingsDoor.IsStrict(http))
        {
            EverybodyIsFree = true,
            WithinHours = true,
            ParticipantsMayEdit = true,
        };
        var outcome = await Repeats.Do(http, () => create.Handle(http.Actor(), request), Made);
        return outcome.Is(out var made, out var no)
            ? Made(made)
            : Refuse(no, slot, [.. emails ?? [], http.Actor().Email], zone);

        IResult Made(MeetingDetail meeting) => Answers.Ok(new Envelope<Event>(Of(meeting, meeting.Host.Email, zone)), StatusCodes.Status201Created);
    }

    public static async Task<IResult> List(HttpContext http, ListMeetings list, IClock clock)
    {
        var query = new Query(http.Request.Query);
        var past = query.Text("include_past") is "1" or "true";
        var request = new ListMeetings.Request(
            query.Choice("status", Statuses), past ? null : clock.GetCurrentInstant(), null, null, null, "start_time", Descending: false, query.Page(), PageSize);
        if (query.Mistakes is { } mistakes)
            return Refuse(mistakes);
        var zone = http.Actor().Zone;
        return Answers.Of(await list.Handle(http.Actor(), request), result =>
            Answers.Ok(Paging.Envelope(http, [.. result.Meetings.Select(m => Of(m, m.CreatedByEmail, zone))], result.Total, request.Page, PageSize)));
    }

    public static Task<IResult> Replace(HttpContext http, long id, FindMeeting find, UpdateMeeting update) => Update(http, id, find, update, whole: true);

    public static Task<IResult> Change(HttpContext http, long id, FindMeeting find, UpdateMeeting update) => Update(http, id, find, update, whole: false);

    public static async Task<IResult> ReadOne(HttpContext http, long id, FindMeeting find, ReadMeeting read)
    {
        if (!(await find.Handle(http.Actor(), id)).Is(out var name, out var refusal))
            return Refuse(refusal);
        return Answers.Of(await read.Handle(http.Actor(), name), m => Answers.Ok(new Envelope<Event>(Of(m, m.Host.Email, http.Actor().Zone))));
    }

    public static async Task<IResult> Delete(HttpContext http, long id, FindMeeting find, DeleteMeeting delete)
    {
        if (!(await find.Handle(http.Actor(), id)).Is(out var name, out var refusal))
            return Refuse(refusal);
        return (await delete.Handle(http.Actor(), name)).Is(out _, out var no) ? Results.NoContent() : Refuse(no);
    }

    private static async Task<IResult> Update(HttpContext http, long id, FindMeeting find, UpdateMeeting update, bool whole)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Refuse(refusal);
        var (title, slot, description, emails) = Read(fields, whole);
        var status = fields.Choice("status", Statuses);
        if (fields.Mistakes is { } mistakes)
            return Refuse(mistakes);
        var (actor, zone) = (http.Actor(), http.Actor().Zone);
        if (!(await find.Handle(actor, id)).Is(out var name, out refusal))
            return Refuse(refusal);
        var request = new UpdateMeeting.Request
        {
            Title = title,
            Description = description,
            Start = slot,
            KeepLength = true,
            Zone = slot is null ? null : zone,
            Status = status,
            Participants = emails is null ? null : Invitees(emails),
            OrganizerIsNamed = emails is not null,
            EverybodyIsFree = true,
            WithinHours = true,
            RefusePast = MeetingsDoor.IsStrict(http),
        };
        var outcome = await update.Handle(actor, name, request);
        return outcome.Is(out var meeting, out var no)
            ? Answers.Ok(new Envelope<Event>(Of(meeting, meeting.Host.Email, zone)))
            : Refuse(no, slot, emails ?? [], zone);
    }

    private static (string? Title, Scheduling.Time.GivenTime? Slot, string? Description, IReadOnlyList<string>? Emails) Read(Fields fields, bool whole) => (
        fields.Text("title", required: whole, blank: false, most: LongestTitle),
        fields.Time("time_slot", required: whole),
        fields.Emptiable("description", LongestDescription),
        fields.Has("participants") ? fields.Emails("participants", MeetingsDoor.MostParticipants, least: 0)?.Select(e => e.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToArray() : null);

    private static Invitee[] Invitees(IEnumerable<string> emails) => [.. emails.Select(e => new Invitee(e, null, null))];

    private static Scheduling.Time.GivenTime Given(Instant instant) => new(instant.InUtc().LocalDateTime, Offset.Zero);

    private static User Of(Account account) => new(account.Id, account.Username ?? account.Email, account.Email);

    private static Day Of(HoursOfDay day) => new(
        day.Id, new User(day.UserId, day.Username, day.Email), LocalDatePattern.Iso.Format(day.Date), day.Blocked, day.Available, day.Booked, day.Zone.Id,
        day.CreatedAt is { } created ? Text(created, day.Zone) : null, day.UpdatedAt is { } modified ? Text(modified, day.Zone) : null);

    private static Event Of(MeetingItem meeting, string organiser, DateTimeZone zone) => new(
        meeting.Number, [.. meeting.Participants.Select(p => p.Email), organiser], organiser, Text(meeting.CreatedAt, zone), Text(meeting.UpdatedAt, zone), meeting.Title,
        meeting.Description, Text(meeting.StartTime, zone), meeting.Status == "scheduled" ? "active" : meeting.Status, meeting.DurationMinutes, meeting.Id);

    private static string Text(Instant instant, DateTimeZone zone) => Pattern.Format(instant.InZone(zone).LocalDateTime);

    /// In system 3's words; its clients look for `err_message`.
    private static IResult Refuse(Refusal refusal, Scheduling.Time.GivenTime? slot = null, IReadOnlyList<string>? asked = null, DateTimeZone? zone = null) => refusal switch
    {
        BlockHours.HourTaken taken => Fault(400, $"There is already an event booked at time slot : {taken.Hour}"),
        Refusals.Busy busy => Busy(busy, asked ?? []),
        Refusals.Hidden => Fault(403, Answers.TimeIsHidden),
        Refusal.StartsInThePast when slot is { } past => Fault(400, $"Event can not be booked for past datetime : {Text(past.In(zone!), zone!)}"),
        UpdateMeeting.OrganizerRemoved => Fault(400, "Event organiser can not be removed"),
        Refusals.Invalid invalid => Answers.Problem(400, "Some fields are wrong.", Members(invalid.Fields)),
        _ => Answers.Refuse(refusal),
    };

    /// Who is not available comes before who has something else, each in the order they were asked for.
    private static IResult Busy(Refusals.Busy busy, IReadOnlyList<string> asked)
    {
        string[] order = [.. asked.Where(busy.Details.ContainsKey), .. busy.Details.Keys.Except(asked, StringComparer.Ordinal)];
        var sentence = order.FirstOrDefault(busy.Unavailable.Contains) is { } unavailable
            ? $"Time slot is not available for user : {unavailable}"
            : $"Time slot is conflicting with another event for user : {order[0]}";
        return Fault(400, sentence, sentence, ("details", busy.Details));
    }

    private static IResult Fault(int status, string sentence) => Fault(status, sentence, sentence);

    private static IResult Fault(int status, string detail, string sentence, params (string Name, object Value)[] more) =>
        Answers.Problem(status, detail, more.Append(("err_message", new[] { sentence })).ToDictionary(m => m.Item1, m => m.Item2, StringComparer.Ordinal));

    private static Dictionary<string, object> Members(IReadOnlyDictionary<string, object> fields) =>
        new(fields, StringComparer.Ordinal)
        {
            ["err_message"] = fields.Select(f => f.Value is IEnumerable<string> messages ? $"{f.Key} : {string.Join(' ', messages)}" : $"{f.Key} : some items are wrong").ToArray(),
        };
}
