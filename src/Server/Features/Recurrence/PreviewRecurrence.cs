using System.Text.Json.Serialization;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// What a recurrence comes to: its occurrences and words, before anything is made of it. Open to all: it reads nothing, and its cost is bounded.
public sealed class PreviewRecurrence
{
    public const int MostOccurrences = 1_000;

    /// Some tens of milliseconds.
    private const int Budget = 400_000;

    /// <param name="Mended">What was read although it was not right.</param>
    public sealed record Request(Series Series, Instant? From, Instant? To, int Limit, IReadOnlyList<string> Mended);

    /// <summary>What it comes to.</summary>
    /// <param name="Occurrences">Wall times, YYYYMMDDTHHMMSS; YYYYMMDD in a series of dates.</param>
    /// <param name="OccurrencesUtc">The same as instants, YYYYMMDDTHHMMSSZ; only in a series with a zone.</param>
    /// <param name="Complete">Whether these are all; if not, there are more than the limit, or the budget was spent (then a warning says so).</param>
    /// <param name="Description">In words, in English.</param>
    /// <param name="Warnings">What is not as RFC 5545 wants it, and how it is taken.</param>
    public sealed record Result(
        IReadOnlyList<string> Occurrences,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? OccurrencesUtc,
        bool Complete,
        string Description,
        IReadOnlyList<string> Warnings);

    public Result Handle(Request request)
    {
        var series = request.Series;
        var found = series.Expand(request.From, request.To, Budget).Take(request.Limit);
        var warnings = request.Mended.Concat(series.Remarks().Select(r => r.ToString())).Distinct(StringComparer.Ordinal).ToList();
        if (found.End == ExpansionEnd.BudgetSpent)
            warnings.Add("The search for more was given up: there may be more, or none.");
        return new Result(
            [.. found.Occurrences.Select(o => series.IsDates ? WallText.OfDate(o.Wall.Date) : WallText.Of(o.Wall))],
            series.Zone is null ? null : [.. found.Occurrences.Select(o => WallText.Of(o.Start.InUtc().LocalDateTime) + "Z")],
            found.End == ExpansionEnd.Complete,
            Describe.Of(series),
            warnings);
    }
}
