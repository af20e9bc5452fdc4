using System.Runtime.InteropServices;

namespace Convene.Server.Tests.Peers;

/// libical 3, the library behind Thunderbird's and GNOME's and KDE's calendars, as the judge of ours.
public static class Libical
{
    private const string Library = "libical.so.3";

    public static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// It reads the whole text without an error, and finds the properties that the METHOD asks for (RFC 5546) and none that it forbids.
    public static void ShouldAccept(string ics)
    {
        icalerror_set_errors_are_fatal(0);
        var calendar = icalparser_parse_string(ics);
        calendar.ShouldNotBe(0, ics);
        try
        {
            icalcomponent_count_errors(calendar).ShouldBe(0, ics);
            // The check writes what it finds into the calendar as X-LIC-ERROR.
            icalrestriction_check(calendar).ShouldBe(1, ics);
            icalcomponent_count_errors(calendar).ShouldBe(0, ics);
        }
        finally
        {
            icalcomponent_free(calendar);
        }
    }

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void icalerror_set_errors_are_fatal(int fatal);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint icalparser_parse_string([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int icalcomponent_count_errors(nint component);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int icalrestriction_check(nint component);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void icalcomponent_free(nint component);
}
