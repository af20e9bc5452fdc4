using System.Collections.Immutable;

namespace Convene.ICalendar;

/// <summary>Properties, with BEGIN and END among them, as a tree of components (RFC 5545 §3.4, §3.6).</summary>
internal sealed class TreeBuilder(ReadingOptions options, MendList mends)
{
    private const string Calendar = "VCALENDAR";

    private readonly List<Open> _open = []; // also those closed before, for their lists; _depth are open
    private readonly List<CalendarComponent> _calendars = [];
    private readonly KnownName _names = new();
    private int _depth;
    private int _componentCount;
    private int _propertyCount;

    internal void Add(CalendarProperty property, int line)
    {
        switch (property.Name)
        {
            case "BEGIN":
                Begin(property.Value, line);
                break;
            case "END":
                End(property.Value, line);
                break;
            case var _ when _depth == 0:
                mends.Add(line, $"{property.Name} stands outside of every component", "it was left out");
                break;
            default:
                if (++_propertyCount > options.MaxProperties)
                    throw new CalendarSyntaxException(line, $"The calendar has more than {options.MaxProperties} properties.");
                _open[_depth - 1].Properties.Add(property);
                break;
        }
    }

    /// <summary>The calendars, when the text has ended.</summary>
    internal ImmutableArray<CalendarComponent> Finish(int line)
    {
        while (_depth > 0)
        {
            var name = _open[_depth - 1].Name;
            // Nobody wrote the BEGIN of a calendar that is implied, so nobody misses its END.
            if (!_open[_depth - 1].IsImplied)
                mends.Add(line, $"END:{name} is missing", "it was put at the end");
            Close(line);
        }
        if (_calendars.Count == 0)
            throw new CalendarSyntaxException(0, "There is no calendar in the text.");
        return [.. _calendars];
    }

    private void Begin(string value, int line)
    {
        var trimmed = value.AsSpan().Trim();
        if (!CalendarName.IsName(trimmed))
        {
            mends.Add(line, "BEGIN names no component", "it was left out");
            return;
        }
        var name = _names.Of(trimmed);
        var outer = Implied(name);
        while (_depth > outer)
        {
            if (!_open[_depth - 1].IsImplied)
                mends.Add(line, $"END:{_open[_depth - 1].Name} is missing", $"it was put before the next {name}");
            Close(line);
        }
        if (_depth == 0 && name != Calendar)
        {
            mends.Add(line, "BEGIN:VCALENDAR is missing", $"it was put before {name}");
            Push(Calendar, line, isImplied: true);
        }
        Push(name, line, isImplied: false);
    }

    private void End(string value, int line)
    {
        var name = value.AsSpan().Trim();
        var depth = _depth;
        while (depth > 0 && !name.Equals(_open[depth - 1].Name, StringComparison.OrdinalIgnoreCase))
            depth--;
        if (depth == 0)
        {
            mends.Add(line, "END ends nothing that is open", "it was left out");
            return;
        }
        while (_depth > depth)
        {
            mends.Add(line, $"END:{_open[_depth - 1].Name} is missing", "it was put before the END around it");
            Close(line);
        }
        Close(line);
    }

    /// <summary>How many of the open components may stay open around a new one.</summary>
    private int Implied(string name)
    {
        if (name == Calendar)
            return 0;
        for (var depth = 0; depth < _depth && IsTop(name); depth++)
        {
            if (IsTop(_open[depth].Name))
                return depth;
        }
        return _depth;
    }

    /// <summary>What stands in a VCALENDAR only, so that one inside another tells of a missing END.</summary>
    private static bool IsTop(string name) => name is "VEVENT" or "VTODO" or "VJOURNAL" or "VFREEBUSY" or "VTIMEZONE" or "VAVAILABILITY";

    private void Push(string name, int line, bool isImplied)
    {
        if (++_componentCount > options.MaxComponents)
            throw new CalendarSyntaxException(line, $"The calendar has more than {options.MaxComponents} components.");
        if (_depth >= options.MaxDepth)
            throw new CalendarSyntaxException(line, $"Components lie more than {options.MaxDepth} deep in each other.");
        if (_depth == _open.Count)
            _open.Add(new Open());
        _open[_depth++].Start(name, isImplied);
    }

    private void Close(int line)
    {
        var closed = _open[--_depth];
        if (_depth > 0)
        {
            _open[_depth - 1].Components.Add(new CalendarComponent(closed.Name, [.. closed.Properties], [.. closed.Components]));
            return;
        }
        if (closed.Name != Calendar)
            throw new InvalidOperationException("What stands outside is in an implied VCALENDAR.");
        Identify(closed.Properties, line);
        _calendars.Add(new CalendarComponent(closed.Name, [.. closed.Properties], [.. closed.Components]));
    }

    private void Identify(List<CalendarProperty> properties, int line)
    {
        if (!properties.Exists(property => property.Name == "PRODID"))
        {
            mends.Add(line, "PRODID is missing", "it was put in");
            properties.Insert(0, new CalendarProperty("PRODID", CalendarText.ProductId));
        }
        var version = properties.FindIndex(property => property.Name == "VERSION");
        if (version < 0)
        {
            mends.Add(line, "VERSION is missing", "2.0 was put in");
            properties.Insert(0, new CalendarProperty("VERSION", "2.0"));
        }
        else if (properties[version].Value.AsSpan().Trim() is not "2.0")
        {
            mends.Add(line, "VERSION is not 2.0", "the calendar was read as if it were");
            properties[version] = new CalendarProperty("VERSION", "2.0");
        }
    }

    private sealed class Open
    {
        internal string Name { get; private set; } = "";

        internal bool IsImplied { get; private set; }

        internal List<CalendarProperty> Properties { get; } = [];

        internal List<CalendarComponent> Components { get; } = [];

        internal void Start(string name, bool isImplied)
        {
            (Name, IsImplied) = (name, isImplied);
            Properties.Clear();
            Components.Clear();
        }
    }
}
