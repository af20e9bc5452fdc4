using System.Globalization;

namespace Convene.ICalendar.Tests;

/// <summary>
/// Reads the text of a VTIMEZONE and tells the offset at an instant, straight from RFC 5545 §3.6.5 and with nothing but System.DateTime:
/// the onset that is latest, but not after the instant, is in force. Understands the few parts of RRULE that a VTIMEZONE of ours may use.
/// </summary>
internal sealed class VTimeZoneReader
{
    private readonly List<(DateTime Onset, int Offset)> _onsets = [];

    public VTimeZoneReader(CalendarComponent zone, int lastYear)
    {
        Observances = Read(Examples.Lines(zone));
        foreach (var observance in Observances)
        {
            var from = Seconds(observance["TZOFFSETFROM"]);
            var to = Seconds(observance["TZOFFSETTO"]);
            foreach (var onset in Occurrences(observance, lastYear))
                _onsets.Add((onset.AddSeconds(-from), to));
        }
        _onsets.Sort();
        _onsets.Select(onset => onset.Onset).ShouldBeUnique();
    }

    public IReadOnlyList<Dictionary<string, string>> Observances { get; }

    /// <summary>The offset in force, in seconds east of UTC.</summary>
    public int OffsetAt(DateTime utc)
    {
        var (low, high) = (0, _onsets.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_onsets[middle].Onset <= utc)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 ? _onsets[low - 1].Offset : throw new InvalidOperationException($"No observance is in force at {utc:s}.");
    }

    private static List<Dictionary<string, string>> Read(string[] lines)
    {
        lines[0].ShouldBe("BEGIN:VTIMEZONE");
        lines[^1].ShouldBe("END:VTIMEZONE");
        var observances = new List<Dictionary<string, string>>();
        foreach (var line in lines[1..^1])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..]);
            if (name == "BEGIN")
                observances.Add(new Dictionary<string, string> { ["KIND"] = value });
            else if (name != "END" && observances.Count > 0)
                observances[^1].Add(name, value);
        }
        observances.ShouldNotBeEmpty();
        observances.ShouldAllBe(observance => observance["KIND"] == "STANDARD" || observance["KIND"] == "DAYLIGHT");
        return observances;
    }

    private static List<DateTime> Occurrences(Dictionary<string, string> observance, int lastYear)
    {
        var start = DateTime.ParseExact(observance["DTSTART"], "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        if (!observance.TryGetValue("RRULE", out var rule))
            return [start];

        var parts = rule.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        parts["FREQ"].ShouldBe("YEARLY");
        parts.Keys.Except(["FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY"]).ShouldBeEmpty();
        var month = int.Parse(parts["BYMONTH"]);
        var days = parts.TryGetValue("BYMONTHDAY", out var list) ? list.Split(',').Select(int.Parse).ToHashSet() : null;
        var weekday = Array.IndexOf(["SU", "MO", "TU", "WE", "TH", "FR", "SA"], parts["BYDAY"][^2..]);
        var nth = parts["BYDAY"].Length > 2 ? int.Parse(parts["BYDAY"][..^2]) : (int?)null;
        List<DateTime> occurrences =
        [
            .. from year in Enumerable.Range(start.Year, Math.Max(0, lastYear - start.Year) + 1)
               let length = DateTime.DaysInMonth(year, month)
               from day in Enumerable.Range(1, length)
               where (int)new DateTime(year, month, day).DayOfWeek == weekday
               where days is null || days.Contains(day)
               where nth is null || (nth > 0 ? (day + 6) / 7 == nth : (length - day) / 7 == -1 - nth)
               let occurrence = new DateTime(year, month, day) + start.TimeOfDay
               where occurrence >= start
               select occurrence,
        ];
        occurrences[0].ShouldBe(start, "DTSTART is the first occurrence of its rule");
        return occurrences;
    }

    private static int Seconds(string offset)
    {
        offset.ShouldMatch(@"^[+-]\d{4}(\d{2})?$");
        offset.ShouldNotBeOneOf("-0000", "-000000");
        var seconds = int.Parse(offset[1..3]) * 3600 + int.Parse(offset[3..5]) * 60 + (offset.Length > 5 ? int.Parse(offset[5..7]) : 0);
        return offset[0] == '-' ? -seconds : seconds;
    }
}
