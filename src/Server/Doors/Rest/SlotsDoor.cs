using System.Globalization;
using Convene.Scheduling.Availability;
using Convene.Server.Features.Slots;

namespace Convene.Server.Doors.Rest;

/// Free times as system 2 asks for them (CONTRACT §3, §7.6), and why others are not.
public static class SlotsDoor
{
    public const int LongestMinutes = 7 * 24 * 60;
    private const int LongestBuffer = 24 * 60;

    private static readonly Dictionary<string, WorkingHoursRule> Rules = new(StringComparer.Ordinal)
    {
        ["contained"] = WorkingHoursRule.Contained,
        ["start"] = WorkingHoursRule.Start,
    };

    private static readonly Dictionary<string, SlotRank> Ranks = new(StringComparer.Ordinal)
    {
        ["earliest"] = SlotRank.Earliest,
        ["fewest_out_of_hours"] = SlotRank.FewestOutOfHours,
        ["least_fragmentation"] = SlotRank.LeastFragmentation,
    };

    public static async Task<IResult> Find(HttpContext http, Visitors visitors, FindSlots find)
    {
        if (visitors.TooMany(http) is { } tooMany)
            return tooMany;
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (named, invited) = Who(fields);
        var request = new FindSlots.Request(
            named.Ids, invited,
            fields.Whole("duration_minutes", 1, LongestMinutes) ?? 60,
            fields.Whole("step_minutes", 1, 24 * 60) ?? 30,
            fields.Choice("working_hours_rule", Rules) ?? WorkingHoursRule.Contained,
            fields.Time("window_start"), fields.Time("window_end"),
            fields.Zone("timezone") ?? http.MaybeActor()?.Zone ?? NodaTime.DateTimeZone.Utc,
            fields.Whole("limit", 1, SlotGrid.MostStarts),
            Margins(fields), fields.Choice("rank", Ranks), http.MaybeActor()?.Id);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await find.Handle(request));
    }

    public static async Task<IResult> Explain(HttpContext http, ExplainTime explain)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var people = Named(fields, other: false);
        var request = new ExplainTime.Request(
            http.Actor().Id, people.Ids, people.Emails,
            fields.Time("start_time", required: true) ?? default,
            fields.Whole("duration_minutes", 1, LongestMinutes) ?? 60,
            fields.Zone("timezone") ?? http.Actor().Zone,
            fields.Choice("working_hours_rule", Rules) ?? WorkingHoursRule.Contained,
            Margins(fields));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await explain.Handle(request));
    }

    private static FindSlots.Margins Margins(Fields fields) => new(
        fields.Whole("buffer_before_minutes", 0, LongestBuffer) ?? 0,
        fields.Whole("buffer_after_minutes", 0, LongestBuffer) ?? 0,
        fields.Whole("minimum_notice_minutes", 0, SlotGrid.MostDays * 24 * 60) ?? 0);

    private static (Invited.Names Named, Invited Invited) Who(Fields fields)
    {
        var (required, optional) = (fields.People("required", FindSlots.MostPeople) ?? Invited.Names.None, fields.People("optional", FindSlots.MostPeople) ?? Invited.Names.None);
        var named = Named(fields, other: fields.Has("required") || fields.Has("optional"));
        if (required.Also(optional) is { Count: > 0 } both)
            fields.Wrong("optional", $"{both.Count} of these are named in required too: {string.Join(", ", both.Ids.Select(i => i.ToString(CultureInfo.InvariantCulture)).Concat(both.Emails).Take(5))}.");
        var quorum = fields.Whole("quorum", 1, FindSlots.MostPeople);
        var invited = Invited.Of(named, required, optional, quorum);
        var count = invited.Ids.Count + invited.Emails.Count;
        if (count > FindSlots.MostPeople)
            fields.Wrong(optional.Count > 0 ? "optional" : required.Count > 0 ? "required" : "emails", $"All lists together name {count} people; at most {FindSlots.MostPeople} are searched for.");
        if (quorum > count && fields.Mistakes is null)
            fields.Wrong("quorum", $"Only {count} people are named; {quorum} of them can't be free.");
        return (named, invited);
    }

    /// System 2 searches for its first user if none is named.
    private static Invited.Names Named(Fields fields, bool other)
    {
        var emails = fields.Has("emails") ? fields.Emails("emails", FindSlots.MostPeople) ?? [] : [];
        var ids = fields.Has("user_ids") ? fields.Wholes("user_ids", FindSlots.MostPeople) ?? [] : other || fields.Has("emails") ? [] : [1];
        return new Invited.Names(ids, [.. emails.Select(e => e.ToLowerInvariant())]);
    }
}
