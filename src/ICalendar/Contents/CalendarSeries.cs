using System.Collections.Immutable;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>The items of one UID together: a meeting or series, and its occurrences that are changed or called off.</summary>
/// <remarks>Immutable; equality is identity.</remarks>
public sealed class CalendarSeries
{
    // What describes each of the series' changes.
    private readonly ImmutableArray<CalendarItem> _changes;

    internal CalendarSeries(CalendarItem item, ImmutableArray<CalendarItem> changed, ImmutableArray<CalendarItem> changes, Series series) =>
        (Item, Changed, _changes, Series) = (item, changed, changes, series);

    /// <summary>The item that describes the whole; an item with RECURRENCE-ID where the whole is not in the calendar.</summary>
    public CalendarItem Item { get; }

    /// <summary>The items that describe single occurrences; may be empty.</summary>
    public ImmutableArray<CalendarItem> Changed { get; }

    /// <summary>When it all happens. Floating items have no zone here, and dates never: <see cref="Series.In"/> puts them in one.</summary>
    public Series Series { get; }

    /// <summary>The item that describes an occurrence: its own where it is changed, else <see cref="Item"/>.</summary>
    /// <param name="occurrence">One of <see cref="Series"/>, in whatever zone.</param>
    public CalendarItem ItemOf(Occurrence occurrence) => occurrence.Change is { } change ? _changes[change] : Item;

    /// <summary>Puts the items of a calendar together by UID. Items without a start are left out.</summary>
    /// <param name="contents">The calendar.</param>
    /// <param name="kind">Which items.</param>
    /// <param name="problems">What could not be understood here, beside <see cref="CalendarContents.Problems"/>: rules that are none, items
    /// that are there twice, and RANGE=THISANDFUTURE, which is taken for this occurrence only.</param>
    /// <returns>The series in the order of their first items. A cancelled one is among them; see <see cref="CalendarItem.IsCancelled"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="contents"/> is null.</exception>
    public static ImmutableArray<CalendarSeries> Of(
        CalendarContents contents, ItemKind kind, out ImmutableArray<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var found = ImmutableArray.CreateBuilder<ContentProblem>();
        var all = new List<(CalendarItem Item, List<CalendarItem> Changed)>();
        var byUid = new Dictionary<string, int>(StringComparer.Ordinal);
        var items = Newest(contents.Items.Where(item => item.Kind == kind), found);
        foreach (var item in items.Where(item => item.RecurrenceId is null && item.Start is not null))
        {
            if (item.Uid is { } uid)
                byUid.Add(uid, all.Count);
            all.Add((item, []));
        }
        foreach (var item in items.Where(item => item.RecurrenceId is not null))
        {
            if (item.Uid is { } uid && byUid.TryGetValue(uid, out var index))
                all[index].Changed.Add(item);
            else if (item.Start is not null)
                all.Add((item, []));
        }
        var maker = new SeriesMaker(contents.Zones, found);
        ImmutableArray<CalendarSeries> series = [.. all.Select(one => maker.Make(one.Item, one.Changed))];
        problems = found.DrainToImmutable();
        return series;
    }

    // What has the same UID and RECURRENCE-ID is one thing in two versions (RFC 5546 §2.1.5). Some exports have everything twice.
    private static List<CalendarItem> Newest(IEnumerable<CalendarItem> items, ImmutableArray<ContentProblem>.Builder problems)
    {
        var newest = new List<CalendarItem>();
        var places = new Dictionary<(string, CalendarTime?), int>();
        foreach (var item in items)
        {
            if (item.Uid is not { } uid || places.TryAdd((uid, item.RecurrenceId), newest.Count))
            {
                newest.Add(item);
                continue;
            }
            problems.Add(new ContentProblem(item.Component.Name, uid, "UID", "The item is there more than once; its newest version counts."));
            var place = places[(uid, item.RecurrenceId)];
            if ((item.Sequence, item.Stamp ?? Instant.MinValue).CompareTo((newest[place].Sequence, newest[place].Stamp ?? Instant.MinValue)) >= 0)
                newest[place] = item;
        }
        return newest;
    }
}
