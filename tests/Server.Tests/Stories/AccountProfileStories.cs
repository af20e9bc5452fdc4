namespace Convene.Server.Tests.Stories;

/// One's own account, under the two names that the systems give it.
public sealed class AccountProfileStories
{
    private static readonly string[] Paths = ["/api/auth/me/", "/api/auth/profile/"];

    [Theory, OnSqlite, OnPostgres]
    public async Task Both_names_answer_the_same_superset(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var me = (await ana.Get(Paths[0])).ShouldBe(200);
        (await ana.Get(Paths[1])).ShouldBe(200).Text.ShouldBe(me.Text);
        me.Json.Keys().ShouldBe(
            ["id", "uuid", "email", "username", "first_name", "last_name", "timezone", "working_hours_start", "working_hours_end", "working_days", "email_verified", "is_active", "is_staff", "date_joined", "notifications", "default_reminder_minutes", "free_busy_visibility"],
            ignoreOrder: true);
        ((long)me["id"]!).ShouldBe(ana.Id);
        ((string)me["timezone"]!).ShouldBe("Europe/Berlin");
        ((bool)me["is_staff"]!).ShouldBeFalse();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Put_and_patch_change_what_is_sent_and_keep_the_rest(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        ((string)(await ana.Put(Paths[0], new { username = "anna" })).ShouldBe(200)["username"]!).ShouldBe("anna");
        var profile = (await ana.Put(Paths[1], new { timezone = "Asia/Kolkata", working_hours_start = "10:00:00", working_hours_end = "18:00:00" })).ShouldBe(200);
        ((string)profile["working_hours_start"]!).ShouldBe("10:00:00");
        ((string)profile["working_hours_end"]!).ShouldBe("18:00:00");
        (await ana.Patch(Paths[1], new { last_name = "Lovelace" })).ShouldBe(200);
        (await ana.Patch(Paths[0], new { })).ShouldBe(200);
        var unknown = (await ana.Patch(Paths[0], new { id = 999, email = "eve@example.com", is_staff = true, email_verified = true, is_active = false, date_joined = "2000-01-01T00:00:00Z", password = "hacked-horse-1" })).ShouldBe(200);

        ((string)unknown["username"]!).ShouldBe("anna");
        ((string)unknown["timezone"]!).ShouldBe("Asia/Kolkata");
        ((string)unknown["first_name"]!).ShouldBe("Ana");
        ((string)unknown["last_name"]!).ShouldBe("Lovelace");
        ((long)unknown["id"]!).ShouldBe(ana.Id);
        ((string)unknown["email"]!).ShouldBe("ana@example.com");
        ((bool)unknown["is_staff"]!).ShouldBeFalse();
        ((bool)unknown["is_active"]!).ShouldBeTrue();
        ((bool)unknown["email_verified"]!).ShouldBeFalse();
        (await ana.Get(Paths[0])).Text.ShouldBe(unknown.Text);
        (await house.Somebody().Post("/api/auth/login/", new { username = "ANNA", password = Caller.Password })).ShouldBe(200, "the password stayed, the new name works");
        (await house.Somebody().Post("/api/auth/login/", new { username = "ana", password = Caller.Password })).ShouldBe(401, "the old name does not");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mistakes_are_told_by_field_and_nothing_is_changed(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.SignUp("ben");
        var ana = await house.SignUp("ana");
        var before = (await ana.Get(Paths[0])).Text;
        foreach (var path in Paths)
        {
            foreach (var (name, meant) in ((string, string)[])[("W. Europe Standard Time", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("US/Eastern", "US/Eastern"), ("UTC", "UTC")])
                ((string)(await ana.Patch(path, new { timezone = name })).ShouldBe(200)["timezone"]!).ShouldBe(meant);
            foreach (var zone in (string[])["Mars/Olympus", "", "+05:30", "utc+1", "../etc/passwd"])
                (await ana.Put(path, new { timezone = zone, first_name = "Eve" })).ShouldBe(400).Error("timezone").ShouldNotBeEmpty(zone);
            (await ana.Patch(path, new { timezone = (string?)null })).ShouldBe(400).Error("timezone").ShouldBe("This field may not be null.");
            (await ana.Patch(path, new { timezone = 5 })).ShouldBe(400);
            (await ana.Put(path, new { username = "BEN" })).ShouldBe(400).Error("username").ShouldBe("user with this username already exists.");
            (await ana.Put(path, new { username = "" })).ShouldBe(400).Error("username").ShouldBe("This field may not be blank.");
            (await ana.Put(path, new { username = new string('x', 151) })).ShouldBe(400).Error("username").ShouldBe("Ensure this field has no more than 150 characters.");
            (await ana.Put(path, new { username = "ben@example.com" })).ShouldBe(400).Error("username").ShouldNotBeEmpty();
            (await ana.Put(path, new { working_hours_start = "noon" })).ShouldBe(400).Error("working_hours_start").ShouldStartWith("Time has wrong format.");
            (await ana.Put(path, "[]")).ShouldBe(400).Error("non_field_errors").ShouldNotBeEmpty();
        }

        (await ana.Get(Paths[0])).Text.ShouldBe(before);
        (await ana.Put(Paths[0], new { username = "ANA" })).ShouldBe(200, "one's own name in other letters is not taken");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_who_want_one_user_name_at_once_exactly_one_gets_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => house.SignUp($"p{i}")));
        var replies = await Task.WhenAll(people.Select(p => p.Patch(Paths[0], new { username = "star" })));
        replies.Count(r => r.Status == 200).ShouldBe(1);
        foreach (var loser in replies.Where(r => r.Status != 200))
            loser.ShouldBe(400).Error("username").ShouldBe("user with this username already exists.");
    }
}
