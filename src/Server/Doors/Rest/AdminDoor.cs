using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Admin;
using Convene.Server.Features.Meetings;

namespace Convene.Server.Doors.Rest;

/// What administrators see and do. The group lets nobody else in.
public static class AdminDoor
{
    public const int LongestReason = 1_000;

    internal static readonly string[] PeopleOrders = ["created_at", "email", "name", "username", "last_seen", "meetings_hosted"];
    internal static readonly string[] MeetingOrders = ["start_time", "end_time", "created_at", "title", "host"];
    internal static readonly string[] OutboxOrders = ["created_at", "due", "attempts", "recipient"];
    internal static readonly string[] AuditOrders = ["at"];

    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["true"] = true, ["false"] = false };

    private static readonly Dictionary<string, MeetingStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["scheduled"] = MeetingStatus.Scheduled,
        ["cancelled"] = MeetingStatus.Cancelled,
        ["completed"] = MeetingStatus.Completed,
    };

    /// For the doors that only administrators may use; behind Authentication.Required.
    public static async ValueTask<object?> Administrators(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Actor().IsStaff ? await next(context) : Answers.Refuse(new Refusals.NotAllowed());

    public static async Task<IResult> ReadClaim(ReadClaim read) => Answers.Ok(await read.Handle());

    public static async Task<IResult> Claim(HttpContext http, ClaimAdministration claim)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("token", required: true, blank: false, most: 200);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await claim.Handle(http.Actor(), token!));
    }

    public static async Task<IResult> People(HttpContext http, ListPeople list)
    {
        var query = new Query(http.Request.Query);
        var request = new ListPeople.Request(query.Choice("is_active", YesOrNo), query.Choice("is_staff", YesOrNo), Page(query, PeopleOrders, "created_at"));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Envelope(http, await list.Handle(request), request.Page);
    }

    public static async Task<IResult> ChangePerson(HttpContext http, string id, ChangePerson change)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ChangePerson.Request(fields.Flag("is_active", YesOrNo), fields.Flag("is_staff", YesOrNo));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await change.Handle(http.Actor(), Number(id), request));
    }

    public static async Task<IResult> SignOutPerson(HttpContext http, string id, SignOutPerson signOut) =>
        Answers.Of(await signOut.Handle(http.Actor(), Number(id)), _ => Answers.Detail("All sign-ins of this account have ended."));

    public static async Task<IResult> Meetings(HttpContext http, ListAllMeetings list)
    {
        var query = new Query(http.Request.Query);
        var zone = http.Actor().Zone;
        var request = new ListAllMeetings.Request(
            query.Choice("status", Statuses), query.DayOrTime("from_date", zone, endOfDay: false), query.DayOrTime("to_date", zone, endOfDay: true),
            Page(query, MeetingOrders, "start_time"));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Envelope(http, await list.Handle(request), request.Page);
    }

    public static async Task<IResult> CancelMeeting(HttpContext http, string id, CancelMeeting cancel)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var reason = fields.Text("reason", required: true, blank: false, most: LongestReason);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(
            await cancel.ByAdministrator(http.Actor(), MeetingsDoor.Id(id), reason!), _ => Answers.Detail("The meeting is cancelled. Its host and everybody invited are told."));
    }

    public static async Task<IResult> Outbox(HttpContext http, ListOutbox list)
    {
        var query = new Query(http.Request.Query);
        var state = query.Text("state") is { } word ? query.OneOf("state", word, OutboxMail.States) : null;
        var request = new ListOutbox.Request(state, Page(query, OutboxOrders, "-created_at"));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Envelope(http, await list.Handle(request), request.Page);
    }

    public static async Task<IResult> RetryMail(HttpContext http, string id, RetryMail retry) => Answers.Of(await retry.Handle(http.Actor(), Number(id)));

    public static async Task<IResult> RetryFailed(HttpContext http, RetryMail retry) => Answers.Ok(await retry.AllFailed(http.Actor()));

    public static async Task<IResult> GiveUpMail(HttpContext http, string id, GiveUpMail giveUp) =>
        Answers.Of(await giveUp.Handle(http.Actor(), Number(id)), _ => Results.NoContent());

    public static async Task<IResult> Jobs(ListJobs list) => Answers.Ok(await list.Handle());

    public static async Task<IResult> Health(ReadHealth read) => Answers.Ok(await read.Handle());

    public static async Task<IResult> Audit(HttpContext http, ListAudit list)
    {
        var query = new Query(http.Request.Query);
        var zone = http.Actor().Zone;
        var request = new ListAudit.Request(
            query.Text("actor"), query.Text("subject"), query.Text("kind"),
            query.DayOrTime("from", zone, endOfDay: false), query.DayOrTime("to", zone, endOfDay: true), Page(query, AuditOrders, "-at"));
        return query.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Envelope(http, await list.Handle(request), request.Page);
    }

    private static PageRequest Page(Query query, string[] orders, string standard)
    {
        var order = query.Text("ordering") ?? standard;
        return new PageRequest(
            query.Text("search"), query.OneOf("ordering", order.StartsWith('-') ? order[1..] : order, orders), order.StartsWith('-'),
            query.Page(), query.Whole("page_size", 20, 1, 100));
    }

    private static IResult Envelope<T>(HttpContext http, Outcome<Listed<T>> listed, PageRequest page) =>
        Answers.Of(listed, l => Answers.Ok(Paging.Envelope(http, l.Items, l.Total, page.Page, page.PageSize)));

    private static long Number(string text) => long.TryParse(text, out var id) ? id : 0;
}
