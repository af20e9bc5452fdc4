using System.Runtime.InteropServices;
using NodaTime;

namespace Convene.ICalendar.Tests.Peers;

/// <summary>A calendar as libical 3 reads it (libical/ical.h).</summary>
internal sealed partial class LibicalCalendar : IDisposable
{
    private const string Library = "libical.so.3";
    private readonly nint _calendar;

    public LibicalCalendar(string text)
    {
        Peer.Libical.Demand();
        icalerror_set_errors_are_fatal(0);
        _calendar = icalparser_parse_string(text);
        _calendar.ShouldNotBe(0, "libical cannot parse it at all");
    }

    public int ErrorCount => icalcomponent_count_errors(_calendar);

    /// <summary>Whether the properties are those that the METHOD asks for and allows.</summary>
    public bool ObeysRestrictions => icalrestriction_check(_calendar) == 1;

    /// <summary>The text as libical would write it; it shows the X-LIC-ERROR properties.</summary>
    public string Rewritten => Text(icalcomponent_as_ical_string(_calendar))!;

    public IEnumerable<Event> Events
    {
        get
        {
            var kind = icalcomponent_string_to_kind("VEVENT");
            var vevent = icalcomponent_get_first_component(_calendar, kind);
            for (; vevent != 0; vevent = icalcomponent_get_next_component(_calendar, kind))
                yield return new Event(vevent);
        }
    }

    public void Dispose() => icalcomponent_free(_calendar);

    private static string? Text(nint utf8) => Marshal.PtrToStringUTF8(utf8);

    /// <summary>A VEVENT; lives as long as its calendar.</summary>
    internal readonly struct Event(nint vevent)
    {
        public string? Uid => Text(icalcomponent_get_uid(vevent));

        public string? Summary => Text(icalcomponent_get_summary(vevent));

        public string? Description => Text(icalcomponent_get_description(vevent));

        public string? Location => Text(icalcomponent_get_location(vevent));

        /// <summary>DTSTART by the VTIMEZONE in the file.</summary>
        public Instant Start => ToInstant(icalcomponent_get_dtstart(vevent));

        /// <summary>DTEND by the VTIMEZONE in the file.</summary>
        public Instant End => ToInstant(icalcomponent_get_dtend(vevent));

        public IEnumerable<(string? Address, string? Name)> Attendees
        {
            get
            {
                var kind = icalproperty_string_to_kind("ATTENDEE");
                var attendee = icalcomponent_get_first_property(vevent, kind);
                for (; attendee != 0; attendee = icalcomponent_get_next_property(vevent, kind))
                    yield return (Text(icalproperty_get_value_as_string(attendee)), CommonName(attendee));
            }
        }

        private static string? CommonName(nint attendee)
        {
            var parameter = icalproperty_get_first_parameter(attendee, icalparameter_string_to_kind("CN"));
            return parameter == 0 ? null : Text(icalparameter_get_cn(parameter));
        }

        private static Instant ToInstant(IcalTime time) => Instant.FromUnixTimeSeconds(icaltime_as_timet_with_zone(time, time.Zone));
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct IcalTime
    {
        public readonly int Year, Month, Day, Hour, Minute, Second, IsDate, IsDaylight;
        public readonly nint Zone;
    }

    [LibraryImport(Library)]
    private static partial void icalerror_set_errors_are_fatal(int fatal);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint icalparser_parse_string(string text);

    [LibraryImport(Library)]
    private static partial void icalcomponent_free(nint component);

    [LibraryImport(Library)]
    private static partial int icalcomponent_count_errors(nint component);

    [LibraryImport(Library)]
    private static partial int icalrestriction_check(nint component);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_as_ical_string(nint component);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int icalcomponent_string_to_kind(string name);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_first_component(nint component, int kind);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_next_component(nint component, int kind);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_uid(nint component);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_summary(nint component);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_description(nint component);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_location(nint component);

    [LibraryImport(Library)]
    private static partial IcalTime icalcomponent_get_dtstart(nint component);

    [LibraryImport(Library)]
    private static partial IcalTime icalcomponent_get_dtend(nint component);

    [LibraryImport(Library)]
    private static partial long icaltime_as_timet_with_zone(IcalTime time, nint zone);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int icalproperty_string_to_kind(string name);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_first_property(nint component, int kind);

    [LibraryImport(Library)]
    private static partial nint icalcomponent_get_next_property(nint component, int kind);

    [LibraryImport(Library)]
    private static partial nint icalproperty_get_value_as_string(nint property);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int icalparameter_string_to_kind(string name);

    [LibraryImport(Library)]
    private static partial nint icalproperty_get_first_parameter(nint property, int kind);

    [LibraryImport(Library)]
    private static partial nint icalparameter_get_cn(nint parameter);
}
