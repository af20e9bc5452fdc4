using Convene.Server.Features.Admin;
using Convene.Server.Features.Mail;
using Convene.Server.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Web.Tests.Looks;

/// A house in which something is going on: for pictures, and for looking at every page.
internal static class Sample
{
    /// Ana's Monday and the days around it. The house's clock shows 09:00 UTC, which is 10:00 in Berlin.
    public static async Task<(Caller Ana, string Kickoff)> Fill(TestHouse house)
    {
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        var cho = await house.SignUp("cho", "Asia/Seoul");
        await house.SignUp("dee", "America/New_York");

        var kickoff = await Meet(ana, "Project kickoff", "2030-03-04T10:30", "2030-03-04T11:30", "Office, 5th floor", "ben", "cho", "dee");
        await Meet(ana, "Lunch with the new colleagues", "2030-03-04T12:30", "2030-03-04T13:30", "", "ben");
        await Meet(ben, "Design review", "2030-03-04T15:00", "2030-03-04T16:00", "https://meet.example.com/design", "ana", "cho");
        await Meet(ben, "Budget 2031", "2030-03-05T09:00", "2030-03-05T10:30", "Room 2", "ana");
        await Meet(cho, "Release planning", "2030-03-06T08:00", "2030-03-06T09:00", "", "ana", "ben");
        await Meet(ana, "Interview: backend engineer", "2030-03-07T13:00", "2030-03-07T14:00", "Room 1", "dee");
        await ana.Post("/api/meetings/", new { title = "Call with the printing company", start_time = "2030-03-07T13:30", end_time = "2030-03-07T14:30", timezone = "Europe/Berlin" });
        for (var week = 0; week < 14; week++)
            await Meet(ana, $"Weekly sync, week {10 + week}", Day(11 + (7 * week), "09:30"), Day(11 + (7 * week), "10:00"), "", "ben", "cho");
        var cancelled = await Meet(ana, "Offsite preparation", "2030-03-08T10:00", "2030-03-08T11:00", "", "ben");
        (await ana.Post($"/api/meetings/{cancelled.Id}/cancel/")).ShouldBe(200);
        await Answer(ben, kickoff.Id, "accepted");
        (await ben.Post($"/api/meetings/{kickoff.Id}/proposals/", new { start = "2030-03-04T13:00:00Z", end = "2030-03-04T14:00:00Z", comment = "The train is late, and I have the slides." })).ShouldBe(201);
        (await ana.Post("/api/feeds/", new { name = "Phone", free_busy_only = false })).ShouldBe(201);
        (await ana.Post("/api/auth/api-keys/", new { name = "Screen beside the door of the big meeting room", scope = "read", expires_in_days = 365, password = Caller.Password })).ShouldBe(201);
        (await ana.Post("/api/auth/api-keys/", new { name = "Import script", scope = "write", password = Caller.Password })).ShouldBe(201);
        await Event(ana, "Dentist", "2030-03-05T14:00", "2030-03-05T15:30", "busy");
        await Event(ana, "Flowers for the office", "2030-03-04T09:00", "2030-03-04T09:30", "free");
        await Event(ana, "Night train", "2030-03-06T21:30", "2030-03-07T07:00", "busy");
        (await ana.Put("/api/availability/", new
        {
            weekly_hours = Enumerable.Range(0, 5).SelectMany(d => new[] { Hours(d, "09:00", "12:30"), Hours(d, "13:30", d == 4 ? "16:00" : "18:00") }),
            focus_time = new[] { Hours(1, "16:00", "18:00"), Hours(3, "09:00", "11:00") },
        })).ShouldBe(200);
        (await ana.Post("/api/availability/overrides/", new { kind = "out_of_office", date = "2030-03-20", end_date = "2030-03-22", reason = "Skiing" })).ShouldBe(201);
        (await ana.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-08", hours = new[] { new { start_time = "14:00", end_time = "15:00" } }, reason = "School play" })).ShouldBe(201);
        await Answer(cho, kickoff.Id, "tentative");
        await house.Services.GetRequiredService<OfferAdministration>().Handle();
        return (ana, kickoff.Id);
    }

    /// Somebody administers the house, and there is something to do: mail that was given up, a job that fails, somebody who is not let in.
    public static async Task<Caller> Administer(TestHouse house, string kickoff)
    {
        var ada = await house.SignUp("ada", "Europe/Berlin");
        var token = await house.Services.GetRequiredService<OfferAdministration>().Handle();
        (await ada.Post("/api/admin/claim/", new { token })).ShouldBe(200);
        foreach (var mail in (await ada.Get("/api/admin/outbox/?state=owed&search=dee&page_size=2")).ShouldBe(200)["results"]!.AsArray())
            (await ada.Delete($"/api/admin/outbox/{mail!["id"]}/")).ShouldBe(204);
        for (var mails = 0; mails < 10; mails++)
            (await house.Services.GetRequiredService<SendOwedMail>().Next(CancellationToken.None)).ShouldBeTrue();
        (await house.Somebody().Post("/api/auth/login/", new { email = "cho@example.com", password = "wrong" })).ShouldBe(401);
        var dee = (await ada.Get("/api/admin/people/?search=dee")).ShouldBe(200)["results"]![0]!["id"];
        (await ada.Patch($"/api/admin/people/{dee}/", new { is_active = false })).ShouldBe(200);
        var ana = new Caller(house.Url) { Email = "ana@example.com" };
        await ana.SignIn();
        (await ana.Patch($"/api/meetings/{kickoff}/", new { title = "Kickoff", start_time = "2030-03-04T11:00", end_time = "2030-03-04T12:00", timezone = "Europe/Berlin" })).ShouldBe(200);
        var run = house.Services.GetRequiredService<RunJob>();
        await run.Handle(Job.Mail, () => Task.CompletedTask);
        await Should.ThrowAsync<InvalidOperationException>(() => run.Handle(Job.Reminders, () => throw new InvalidOperationException("The disk is full.")));
        return ada;
    }

    private static object Hours(int day, string start, string end) => new { day_of_week = day, start_time = start, end_time = end };

    private static async Task Event(Caller owner, string title, string start, string end, string type) =>
        (await owner.Post("/api/events/", new { title, start_time = start, end_time = end, event_type = type })).ShouldBe(201);

    /// Where a page of the list is in this house.
    public static string Path(TestHouse house, string path, string kickoff) => path
        .Replace("{kickoff}", kickoff, StringComparison.Ordinal)
        .Replace("{invitation}", new Uri(house.Services.GetRequiredService<InvitationLink>().Url(kickoff, "dee@example.com")).Fragment, StringComparison.Ordinal);

    private static string Day(int dayOfMarch, string time) => $"{new DateOnly(2030, 3, 1).AddDays(dayOfMarch - 1):yyyy-MM-dd}T{time}";

    private static async Task<Reply> Meet(Caller host, string title, string start, string end, string location, params string[] names)
    {
        var reply = await host.Post("/api/meetings/", new
        {
            title, start_time = start, end_time = end, location, timezone = "Europe/Berlin", conflict_policy = "allow",
            description = "What we know, what we want, who does what. Notes: https://notes.example.com/kickoff",
            participants = names.Select(n => new { email = $"{n}@example.com", name = char.ToUpperInvariant(n[0]) + n[1..] }),
        });
        return reply.ShouldBe(201);
    }

    private static async Task Answer(Caller who, string meeting, string status)
    {
        var participants = (await who.Get($"/api/meetings/{meeting}/participants/")).ShouldBe(200).Json!.AsArray();
        var id = participants.Single(p => (string)p!["email"]! == who.Email)!["id"];
        (await who.Patch($"/api/meetings/{meeting}/participants/{id}/status/", new { status })).ShouldBe(200);
    }
}
