using System.Globalization;
using System.Threading.RateLimiting;
using Convene.Scheduling.Availability;
using Convene.Server.Features.Slots;

namespace Convene.Server.Doors.Rest;

/// Free times as system 2 asks for them (CONTRACT §3, §7.6), and why others are not.
public sealed class SlotsDoor(Settings settings) : IDisposable
{
    public const int LongestMinutes = 7 * 24 * 60;
    private const int LongestBuffer = 24 * 60;

    private static readonly Dictionary<string, WorkingHoursRule> Rules = new(StringComparer.Ordinal)
    {
        ["contained"] = WorkingHoursRule.Contained,
        ["start"] = WorkingHoursRule.Start,
    };

    // Anybody may search without signing in: by address, so that one visitor's loop is not everybody's wait.
    private readonly PartitionedRateLimiter<HttpContext> visitors = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.AnonymousSearchesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public static async Task<IResult> Find(HttpContext http, SlotsDoor door, FindSlots find)
    {
        if (http.MaybeActor() is null)
        {
            using var lease = door.visitors.AttemptAcquire(http);
            if (!lease.IsAcquired)
            {
                http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
                return Answers.Problem(429, $"Without signing in, {door.Limit} searches a minute are answered. Wait, or sign in.");
            }
        }

        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (ids, emails) = People(fields);
        var request = new FindSlots.Request(
            ids, emails,
            fields.Whole("duration_minutes", 1, LongestMinutes) ?? 60,
            fields.Whole("step_minutes", 1, 24 * 60) ?? 30,
            fields.Choice("working_hours_rule", Rules) ?? WorkingHoursRule.Contained,
            fields.Time("window_start"), fields.Time("window_end"),
            fields.Zone("timezone") ?? http.MaybeActor()?.Zone ?? NodaTime.DateTimeZone.Utc,
            fields.Whole("limit", 1, SlotGrid.MostStarts),
            Margins(fields));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await find.Handle(request));
    }

    public static async Task<IResult> Explain(HttpContext http, ExplainTime explain)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (ids, emails) = People(fields);
        var request = new ExplainTime.Request(
            ids, emails,
            fields.Time("start_time", required: true) ?? default,
            fields.Whole("duration_minutes", 1, LongestMinutes) ?? 60,
            fields.Zone("timezone") ?? http.Actor().Zone,
            fields.Choice("working_hours_rule", Rules) ?? WorkingHoursRule.Contained,
            Margins(fields));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await explain.Handle(request));
    }

    public void Dispose() => visitors.Dispose();

    private int Limit => settings.AnonymousSearchesPerMinute;

    private static FindSlots.Margins Margins(Fields fields) => new(
        fields.Whole("buffer_before_minutes", 0, LongestBuffer) ?? 0,
        fields.Whole("buffer_after_minutes", 0, LongestBuffer) ?? 0,
        fields.Whole("minimum_notice_minutes", 0, SlotGrid.MostDays * 24 * 60) ?? 0);

    /// System 2 searches for its first user if none is named.
    private static (IReadOnlyList<long> Ids, IReadOnlyList<string> Emails) People(Fields fields)
    {
        var emails = fields.Has("emails") ? fields.Emails("emails", FindSlots.MostPeople) ?? [] : [];
        var ids = fields.Has("user_ids") ? fields.Wholes("user_ids", FindSlots.MostPeople) ?? [] : fields.Has("emails") ? [] : [1];
        return (ids, [.. emails.Select(e => e.ToLowerInvariant())]);
    }
}
