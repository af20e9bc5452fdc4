namespace Convene.Web.Tests.Looks;

/// Every page there is. `{kickoff}` is a meeting of the sample, `{invitation}` the secret of an invitation to it.
internal static class Pages
{
    public static readonly (string Name, string Path)[] Open =
    [
        ("login", "/login"), ("login-second-step", "/login#challenge=x"), ("login-refused", "/login#provider=no_address"), ("register", "/register"), ("forgot-password", "/forgot-password"), ("reset-password", "/reset-password#token=x"), ("verify-email", "/verify-email#token=x"),
        ("rsvp", "/rsvp{invitation}"), ("rsvp-incomplete", "/rsvp"),
    ];

    public static readonly (string Name, string Path)[] SignedIn =
    [
        ("dashboard", "/dashboard"), ("meetings", "/dashboard/meetings"), ("meetings-nothing", "/dashboard/meetings?search=unheard"), ("meeting", "/dashboard/meetings/{kickoff}"),
        ("meeting-new", "/dashboard/meetings/new?start=2030-03-07T12:00:00Z&end=2030-03-07T13:00:00Z&people=ben@example.com,dee@example.com,guest@example.com"),
        ("meeting-edit", "/dashboard/meetings/{kickoff}/edit"), ("settings", "/dashboard/settings"), ("missing", "/dashboard/nothing"), ("admin-claim", "/admin/"),
        ("calendar-week", "/dashboard/calendar?view=week&date=2030-03-04"), ("calendar-day", "/dashboard/calendar?view=day&date=2030-03-04&people=ben@example.com,cho@example.com"),
        ("calendar-month", "/dashboard/calendar?view=month&date=2030-03-04"), ("calendar-agenda", "/dashboard/calendar?view=agenda&date=2030-03-04"),
        ("calendar-clocks", "/dashboard/calendar?view=week&date=2030-03-31&also=America/New_York"), ("calendar-doubled", "/dashboard/calendar?view=week&date=2030-10-27"),
        ("find-a-time", "/dashboard/find-a-time?people=ben@example.com,dee@example.com,guest@example.com&optional=cho@example.com"), ("availability", "/dashboard/availability"),
        ("calendars", "/dashboard/settings/calendars"), ("security", "/dashboard/settings/security"), ("ways-in", "/dashboard/settings/ways-in"), ("import", "/dashboard/import"),
    ];

    /// After Sample.Administer.
    public static readonly (string Name, string Path)[] Administration =
    [
        ("admin-people", "/admin/people"), ("admin-meetings", "/admin/meetings"), ("admin-outbox", "/admin/outbox"), ("admin-outbox-nothing", "/admin/outbox?search=unheard"),
        ("admin-jobs", "/admin/jobs"), ("admin-health", "/admin/health"), ("admin-audit", "/admin/audit"), ("admin-audit-moved", "/admin/audit?kind=meeting.rescheduled"),
    ];
}
