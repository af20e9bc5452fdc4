using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Who may see when somebody is busy or free is theirs to say, whatever door asks. Booking stays safe: nobody is double-booked for being discreet.
public sealed class VisibilityStories
{
    private const string Ten = "2030-03-05T10:00Z";
    private const string Eleven = "2030-03-05T11:00Z";
    private const string Ana = "ana@example.com";

    [Theory, OnSqlite, OnPostgres]
    public async Task Everybody_sees_it_until_somebody_says_otherwise(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        ((string?)(await ana.Get("/api/auth/me/"))["free_busy_visibility"]).ShouldBe("public");
        await ana.Book("Secret", Ten, Eleven);
        (await Seen(ben)).ShouldBe(["availability", "check-conflicts", "explain", "find-slots", "hours", "offered"]);
        (await FindSlots(house.Somebody())).Hides.ShouldBeFalse();

        (await ana.Patch("/api/auth/me/", new { free_busy_visibility = "friends" })).ShouldBe(400).Error("free_busy_visibility").ShouldBe("\"friends\" is not a valid choice.");
        await Choose(ana, "signed_in");
        (await Seen(ben)).Length.ShouldBe(6);
        (await FindSlots(house.Somebody())).Hides.ShouldBeTrue("nobody is signed in there");
        var admin = await house.SignUpAdmin("ada");
        (await admin.Audit("&kind=account.changed")).ShouldBe(["""account.changed ana: {"free_busy_visibility":"public"} → {"free_busy_visibility":"signed_in"}"""]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_sees_what_is_hidden_through_any_door_but_its_owner(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ana.Book("Secret", Ten, Eleven);
        // What is known of her from before is no back door.
        await Seen(ben);
        await Choose(ana, "nobody");
        (await Seen(ben)).ShouldBeEmpty();
        (await Seen(ana)).Length.ShouldBe(6);

        var refused = (await ben.Get($"/api/availability/?user={Ana}")).ShouldBe(403);
        refused.Error("detail").ShouldBe("This person does not show you when they are busy.");
        (await ben.Get($"/api/user/get_available_slots/?date=2030-03-05&user={Ana}")).ShouldBe(403).Error("err_message").ShouldBe("This person does not show you when they are busy.");
        var conflicts = (await ben.Post("/api/meetings/check-conflicts/", Question(Ana, "ben@example.com"))).ShouldBe(200);
        ((bool)conflicts["has_conflicts"]!).ShouldBeFalse();
        conflicts["hidden"]!.ToJsonString().ShouldBe("""["ana@example.com"]""");
        // Whether she is busy or not makes no difference.
        (await ben.Post("/api/meetings/check-conflicts/", new { start_time = "2031-03-05T10:00Z", end_time = "2031-03-05T11:00Z", participant_emails = new[] { Ana } })).Text
            .ShouldBe((await ben.Post("/api/meetings/check-conflicts/", Question(Ana))).Text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_is_in_a_meeting_with_me_sees_it_once_I_have_said_yes(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, cho) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("cho"));
        await ana.Book("Secret", Ten, Eleven);
        await Choose(ana, "shared");
        (await Seen(ben)).ShouldBeEmpty();

        var lure = await ben.Book("Lure", "2030-03-06T10:00Z", "2030-03-06T11:00Z", Ana, "cho@example.com");
        (await Seen(ben)).ShouldBeEmpty("to be invited by a stranger shows nobody anything");
        var answer = $"/api/meetings/{lure.Id}/participants/{lure["participants"]!.AsArray().Single(p => (string)p!["email"]! == Ana)!["id"]}/status/";
        (await ana.Patch(answer, new { status = "tentative" })).ShouldBe(200);
        (await Seen(ben)).Length.ShouldBe(6);
        (await Seen(cho)).Length.ShouldBe(6, "she is in the same meeting");
        (await Seen(await house.SignUp("dee"))).ShouldBeEmpty();
        (await ana.Patch(answer, new { status = "declined" })).ShouldBe(200);
        (await Seen(ben)).ShouldBeEmpty();

        var eve = await house.SignUp("eve");
        var hers = await ana.Book("Hers", "2030-03-07T10:00Z", "2030-03-07T11:00Z", "eve@example.com");
        (await Seen(eve)).Length.ShouldBe(6, "whom she invites herself");
        (await ana.Post($"/api/meetings/{hers.Id}/cancel/")).ShouldBe(200);
        (await Seen(eve)).ShouldBeEmpty("a meeting that is off is not shared");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Slots_are_for_those_who_show_their_time_and_say_whom_they_leave_out(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, cho) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("cho"));
        await ana.Book("Secret", Ten, Eleven);
        await cho.Book("Known", "2030-03-05T11:00Z", "2030-03-05T12:00Z");
        await Choose(ana, "nobody");

        var found = (await ben.Post("/api/scheduling/find-slots/", Window(new { emails = new[] { Ana, "cho@example.com" } }))).ShouldBe(200);
        Starts(found).ShouldBe(["2030-03-05T09:00:00+00:00", "2030-03-05T10:00:00+00:00", "2030-03-05T12:00:00+00:00"]);
        (found["hidden_emails"]!.ToJsonString(), found["hidden_user_ids"]).ShouldBe(("""["ana@example.com"]""", null));
        found = await ben.Post("/api/scheduling/find-slots/", Window(new { user_ids = new[] { ana.Id } }));
        Starts(found).ShouldBeEmpty("of nobody else anything is asked");
        (found["hidden_user_ids"]!.ToJsonString(), found["hidden_emails"]).ShouldBe(($"[{ana.Id}]", null));
        found = await ben.Post("/api/scheduling/find-slots/", Window(new { user_ids = new[] { cho.Id }, optional = new object[] { ana.Id }, rank = "earliest" }));
        found["available_slots"]!.AsArray().ShouldAllBe(s => (int)s!["available_count"]! == 1);

        var why = (await ben.Post("/api/scheduling/explain/", new { emails = new[] { Ana, "cho@example.com" }, start_time = Ten })).ShouldBe(200);
        ((bool)why["suits"]!).ShouldBeTrue("what is hidden stands in no time's way");
        why["people"]!.ToJsonString().ShouldBe($$"""[{"user_id":{{ana.Id}},"email":"ana@example.com","reasons":["hidden"]}]""");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Booking_over_hidden_time_is_refused_as_ever_and_tells_no_more_than_that(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ana.Book("Secret", "2030-03-05T09:15Z", "2030-03-05T14:45Z");
        await Choose(ana, "nobody");
        const string Told = """[{"id":null,"title":"Busy","start_time":"2030-03-05T10:00:00+00:00","end_time":"2030-03-05T11:00:00+00:00"}]""";

        var made = await ben.Book("Asked", Ten, Eleven, Ana);
        var skipped = made["skipped_participants"]![0]!;
        ((string)skipped["email"]!, Text(skipped["conflicts"])).ShouldBe((Ana, Told));
        Text(made["conflicts"]![Ana]).ShouldBe(Told);
        var no = (await ben.Post($"/api/meetings/{made.Id}/participants/", new { email = Ana })).ShouldBe(400);
        Text(no["details"]![Ana]).ShouldBe(Told);

        var series = (await ben.Post("/api/meetings/", new
        {
            title = "Daily", start_time = Ten, end_time = Eleven, timezone = "UTC", recurrence = "FREQ=DAILY;COUNT=3", participants = new[] { new { email = Ana } },
        })).ShouldBe(201);
        Text(series["conflicts"]![Ana]).ShouldBe(Told, "and of a series at which of its dates");
        var hourly = (await ben.Post("/api/event/", new { title = "Hour", time_slot = "2030-03-05T12:00", participants = new[] { Ana } })).ShouldBe(400);
        hourly.Error("err_message").ShouldBe("Time slot is conflicting with another event for user : ana@example.com");
    }

    private static async Task Choose(Caller person, string choice)
    {
        var answer = (await person.Patch("/api/auth/me/", new { free_busy_visibility = choice })).ShouldBe(200);
        ((string?)answer["free_busy_visibility"]).ShouldBe(choice);
    }

    /// Through which doors the caller learns that Ana is busy from ten to eleven.
    private static async Task<string[]> Seen(Caller caller)
    {
        var seen = new List<string>();
        var reads = await caller.Get($"/api/availability/?user={Ana}&from=2030-03-05&to=2030-03-05");
        if (reads.Status == 200 && reads["busy"]!.AsArray().Count == 1)
            seen.Add("availability");
        if ((bool)(await caller.Post("/api/meetings/check-conflicts/", Question(Ana))).ShouldBe(200)["has_conflicts"]!)
            seen.Add("check-conflicts");
        if (!(bool)(await caller.Post("/api/scheduling/explain/", new { emails = new[] { Ana }, start_time = Ten })).ShouldBe(200)["suits"]!)
            seen.Add("explain");
        if ((await FindSlots(caller)) is { Hides: false, Starts: var starts } && !starts.Contains("2030-03-05T10:00:00+00:00"))
            seen.Add("find-slots");
        var hours = await caller.Get($"/api/user/get_available_slots/?date=2030-03-05&user={Ana}");
        if (hours.Status == 200 && hours.Text.Contains("[10]", StringComparison.Ordinal))
            seen.Add("hours");
        // She signs up first in each of these stories.
        var ana = (await caller.Get("/meetings/availability?user_id=1")).ShouldBe(200);
        if (ana["booked_slots"]!.AsArray().Count > 0)
            seen.Add("offered");
        else
            ((bool?)ana["booked_slots_hidden"]).ShouldBe(true);
        return [.. seen];
    }


    private static async Task<(bool Hides, string[] Starts)> FindSlots(Caller caller)
    {
        var found = (await caller.Post("/api/scheduling/find-slots/", Window(new { emails = new[] { Ana } }))).ShouldBe(200);
        return (found["hidden_emails"] is not null, Starts(found));
    }

    private static string Text(JsonNode? node) => node!.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string[] Starts(Reply found) => [.. found["available_slots"]!.AsArray().Select(s => (string)s!["start_time"]!)];

    private static JsonObject Window(object asked)
    {
        var body = JsonSerializer.SerializeToNode(asked)!.AsObject();
        body["window_start"] = "2030-03-05T09:00:00Z";
        body["window_end"] = "2030-03-05T13:00:00Z";
        body["step_minutes"] = 60;
        return body;
    }

    private static object Question(params string[] emails) => new { start_time = Ten, end_time = Eleven, participant_emails = emails };
}
