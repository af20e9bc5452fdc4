using System.Text.Json;
using System.Text.Json.Serialization;
using Convene.Server.Features;
using Convene.Server.Features.Availability;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Doors.Rest;

/// System 4's `/meetings/availability`: the weekly slots that organizers offer.
public static class OfferedSlotsDoor
{
    private const int MostSlots = 200;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern Second = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly Dictionary<string, bool> Flags = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["false"] = false, ["1"] = true, ["0"] = false };

    /// <summary>A slot that was made.</summary>
    /// <param name="StartTime">UTC, of its next occurrence.</param>
    /// <param name="DayOfWeek">As given: 0 is Monday, in the owner's zone.</param>
    public sealed record CreatedSlot(long Id, long User, long MeetingType, long DayOfWeek, string StartTime, string EndTime, bool IsActive);

    /// <summary>A slot that could not be made, as it was sent, and why.</summary>
    public sealed record WrongSlot(object? DayOfWeek, object Slot, object Errors);

    public sealed record Created(IReadOnlyList<CreatedSlot> CreatedSlots, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WrongSlot>? Errors);

    public static async Task<IResult> Read(HttpContext http, OfferedSlots slots)
    {
        var query = new Query(http.Request.Query);
        var zone = http.Actor().Zone;
        long? user = query.Text("user_id") is { } text ? long.TryParse(text, out var number) ? number : 0 : null;
        if (!(await slots.Read(http.Actor(), user)).Is(out var offer, out _))
            return Answers.Problem(404, "User not found.");
        var own = offer.Owner == http.Actor().Id;
        return Answers.Ok(new OrganizerCalendar.Offer(
            [.. offer.Slots.Where(s => !s.IsFocusTime).Select(s => In(s, zone))],
            own
                ? [.. offer.Meetings.Select(m => new OrganizerCalendar.BookedSlot(OrganizerCalendar.Text(m.Start, zone), OrganizerCalendar.Text(m.End, zone), m.MeetingId, m.Title, m.Description, m.AttendeeId, m.AttendeeUsername))]
                : [.. offer.Busy.Select(b => new OrganizerCalendar.BookedSlot(OrganizerCalendar.Text(b.StartTime, zone), OrganizerCalendar.Text(b.EndTime, zone)))],
            own ? [.. offer.Slots.Where(s => s.IsFocusTime).Select(s => In(s, zone))] : null,
            offer.IsHidden ? true : null));
    }

    public static async Task<IResult> Create(HttpContext http, OfferedSlots slots, MeetingTypes types)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        // Days with their slots, slots with their day, or one slot as the body itself.
        var wanted = new List<(Fields Slot, object? Day)>();
        var given = fields.Each("availabilities", MostSlots) ?? (fields.Has("start_time") || fields.Has("end_time") ? [fields] : []);
        var wrong = new List<WrongSlot>();
        foreach (var item in given)
        {
            var day = item.Raw("day_of_week");
            wanted.AddRange(item.Has("slots") ? (item.Each("slots", MostSlots) ?? []).Select(s => (s, day)) : [(item, day)]);
            if (item.Has("slots") && item.Mistakes is { } unread)
                wrong.Add(new WrongSlot(Told(day), Told(item.Raw("slots"))!, unread.Fields));
        }

        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        if (wanted.Count + wrong.Count == 0)
            return Answers.Problem(400, "No availability slots provided");
        if (wanted.Count > MostSlots)
            return Answers.Problem(400, $"At most {MostSlots} slots are taken at once.");

        var known = (await types.List()).Select(t => t.Id).ToHashSet();
        var good = new List<OfferedSlots.Wanted>();
        foreach (var (slot, day) in wanted)
        {
            var read = Whole(slot, day, known);
            if (read is not null && slot.Mistakes is null)
                good.Add(read);
            else
                wrong.Add(new WrongSlot(Told(day), Told(slot.Raw())!, slot.Mistakes!.Fields));
        }

        return Answers.Of(await slots.Add(http.Actor(), good), made =>
            Answers.Ok(new Created([.. made.Select(Utc)], wrong.Count > 0 ? wrong : null), made.Length > 0 ? StatusCodes.Status201Created : StatusCodes.Status400BadRequest));
    }

    public static async Task<IResult> Change(HttpContext http, long id, OfferedSlots slots, MeetingTypes types)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        foreach (var name in (string[])["start_time", "end_time"])
        {
            if (fields.Has(name) && new Fields(fields.Raw()).TimeOfDay(name, closing: true) is null)
                return Answers.Problem(400, $"Invalid time format: {Told(fields.Raw(name))}");
        }

        var (start, end, day, type, active) = (
            fields.TimeOfDay("start_time"), fields.TimeOfDay("end_time", closing: true), fields.Whole("day_of_week", 0, 6), fields.Whole("meeting_type", 1, int.MaxValue), Flag(fields));
        if (type is { } number && (await types.List()).All(t => t.Id != number))
            fields.Wrong("meeting_type", $"Invalid pk \"{number}\" - object does not exist.");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(
            await slots.Change(http.Actor(), id, old => new OfferedSlots.Wanted(day ?? old.DayOfWeek, start ?? old.StartTime, end ?? old.EndTime, type ?? old.MeetingType, active ?? old.IsActive)),
            slot => Answers.Ok(In(slot, http.Actor().Zone)));
    }

    /// What was sent; if it has surrogate characters that are no text, as it was written.
    private static object? Told(object? sent)
    {
        if (sent is not JsonElement value)
            return sent;
        try
        {
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            value.WriteTo(nowhere);
            return value;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    public static async Task<IResult> Delete(HttpContext http, long id, OfferedSlots slots) => Answers.Of(await slots.Delete(http.Actor(), id), _ => Results.NoContent());

    private static OfferedSlots.Wanted? Whole(Fields slot, object? dayAbove, HashSet<long> types)
    {
        // The day stands with the slot, or above it.
        var day = slot.Has("day_of_week") || dayAbove is null ? slot.Whole("day_of_week", 0, 6) : Above(slot, dayAbove);
        foreach (var name in (string[])["day_of_week", "meeting_type"])
        {
            if (!slot.Has(name) && (name != "day_of_week" || dayAbove is null))
                slot.Wrong(name, "This field is required.");
        }

        var (start, end) = (slot.TimeOfDay("start_time", required: true), slot.TimeOfDay("end_time", required: true, closing: true));
        var type = slot.Whole("meeting_type", 1, int.MaxValue);
        if (type is { } number && !types.Contains(number))
            slot.Wrong("meeting_type", $"Invalid pk \"{number}\" - object does not exist.");
        var active = Flag(slot) ?? true;
        if (slot.Mistakes is not null || day is not { } d)
            return null;
        var wanted = new OfferedSlots.Wanted(d, start!, end!, type!.Value, active);
        if (wanted.IsEmpty)
            slot.Wrong("end_time", "End time must be after start time.");
        return wanted;
    }

    private static int? Above(Fields slot, object day)
    {
        if (day is JsonElement { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value is >= 0 and <= 6)
            return value;
        slot.Wrong("day_of_week", "A whole number from 0 (Monday) to 6 is required.");
        return null;
    }

    private static bool? Flag(Fields fields) => fields.Flag("is_active", Flags);

    private static OrganizerCalendar.WeeklySlot In(OfferedSlots.Slot slot, DateTimeZone zone)
    {
        var (start, end) = (slot.Start.InZone(zone), slot.End.InZone(zone));
        return new OrganizerCalendar.WeeklySlot(slot.Id, (int)start.DayOfWeek - 1, Clock.Format(start.TimeOfDay), Clock.Format(end.TimeOfDay), slot.MeetingType, slot.IsActive);
    }

    private static CreatedSlot Utc(OfferedSlots.Slot slot) => new(
        slot.Id, slot.Owner, slot.MeetingType, slot.DayOfWeek, Second.Format(slot.Start.InUtc().TimeOfDay), Second.Format(slot.End.InUtc().TimeOfDay), slot.IsActive);
}
