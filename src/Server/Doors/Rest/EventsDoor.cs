using Convene.Server.Features.Events;

namespace Convene.Server.Doors.Rest;

/// Personal events as system 2 asks for them (CONTRACT §3).
public static class EventsDoor
{
    private const int LongestTitle = 255;

    private static readonly Dictionary<string, bool> Types = new(StringComparer.Ordinal) { ["busy"] = true, ["free"] = false };

    public static async Task<IResult> List(HttpContext http, ListEvents list)
    {
        var query = new Query(http.Request.Query);
        var paged = query.Has("page") || query.Has("page_size");
        var zone = http.Actor().Zone;
        var request = new ListEvents.Request(
            query.DayOrTime("to_date", zone, endOfDay: true), query.DayOrTime("ends_after", zone, endOfDay: false),
            paged ? query.Page() : 1, paged ? query.Whole("page_size", 20, 1, 100) : ListEvents.Cap);
        if (query.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await list.Handle(http.Actor(), request), result => paged
            ? Answers.Ok(Paging.Envelope(http, result.Events, result.Total, request.Page, request.PageSize))
            : Paging.Array(http, result.Events, result.Total));
    }

    public static async Task<IResult> Create(HttpContext http, CreateEvent create)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new CreateEvent.Request(
            fields.Text("title", required: true, blank: false, most: LongestTitle) ?? "",
            fields.Emptiable("description", MeetingsDoor.LongestDescription) ?? "",
            fields.Time("start_time", required: true) ?? default,
            fields.Time("end_time", required: true) ?? default,
            fields.Choice("event_type", Types) ?? true);
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : await Repeats.Created(http, () => create.Handle(http.Actor(), request));
    }

    public static async Task<IResult> Read(HttpContext http, long id, ReadEvent read) => Answers.Of(await read.Handle(http.Actor(), id));

    public static Task<IResult> Replace(HttpContext http, long id, UpdateEvent update) => Update(http, id, update, whole: true);

    public static Task<IResult> Change(HttpContext http, long id, UpdateEvent update) => Update(http, id, update, whole: false);

    public static async Task<IResult> Delete(HttpContext http, long id, DeleteEvent delete)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var scope = SeriesDoor.ReadScope(http, fields);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await delete.Handle(http.Actor(), id, scope), _ => Results.NoContent());
    }

    private static async Task<IResult> Update(HttpContext http, long id, UpdateEvent update, bool whole)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new UpdateEvent.Request(
            fields.Text("title", required: whole, blank: false, most: LongestTitle),
            fields.Emptiable("description", MeetingsDoor.LongestDescription),
            fields.Time("start_time", required: whole),
            fields.Time("end_time", required: whole),
            fields.Choice("event_type", Types));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await update.Handle(http.Actor(), id, request));
    }
}
