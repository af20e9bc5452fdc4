using NodaTime;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>What a calendar means, as text to compare.</summary>
internal static class Meaning
{
    public static string Of(CalendarContents contents)
    {
        var lines = new List<string> { $"{contents.MethodName} {contents.Name} {contents.Zones.Own}" };
        lines.AddRange(contents.Items.Select(item => Of(item, contents)));
        lines.AddRange(contents.FreeBusy.Select(report =>
            $"{report.Uid} {report.Stamp} {At(report.Start, contents)} {At(report.End, contents)} {report.Organizer?.Email} {string.Join(',', report.Periods)}"));
        lines.AddRange(contents.Availability.Select(rules =>
            $"{rules.Uid} {rules.Priority} {rules.BusyType} {At(rules.Start, contents)} {At(rules.End, contents)} {rules.Length} "
            + string.Join(',', rules.Available.Select(part => Of(part, contents)))));
        lines.AddRange(contents.Zones.All.OrderBy(zone => zone.Tzid, StringComparer.Ordinal).Select(zone => $"{zone.Tzid} {zone.Zone.Id} {zone.Source}"));
        lines.AddRange(contents.Problems.Select(problem => problem.ToString()));
        return string.Join('\n', lines);
    }

    private static string Of(CalendarItem item, CalendarContents contents) => string.Join('|',
        item.Kind, item.Uid, item.Sequence, item.Stamp, At(item.Start, contents), At(item.End, contents), item.Length,
        string.Join(',', item.Rules), string.Join(',', item.ExceptionRules), string.Join(',', item.AddedTimes), string.Join(',', item.ExceptionTimes),
        At(item.RecurrenceId, contents), item.AndFuture, item.Status, item.IsTransparent, item.Summary, item.Description, item.Location, item.Url,
        item.Classification, item.Priority, Of(item.Organizer), string.Join(',', item.Attendees.Select(Of)), string.Join(',', item.Comments),
        string.Join(',', item.Categories), item.Created, item.LastModified, item.Completed, string.Join(',', item.Alarms));

    private static string? Of(CalendarParty? party) =>
        party is null ? null : $"{party.Address} {party.Email} {party.Name} {party.PartStat} {party.Role} {party.UserType} {party.Rsvp} {party.SentBy} {string.Join(',', party.DelegatedTo)}";

    private static string? At(CalendarTime? time, CalendarContents contents) =>
        time is { } known ? $"{known} {contents.ToInstant(known, DateTimeZone.Utc)}" : null;
}
