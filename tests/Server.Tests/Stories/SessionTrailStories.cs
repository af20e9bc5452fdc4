namespace Convene.Server.Tests.Stories;

/// What the audit keeps of signing in and out, and of documents.
public sealed class SessionTrailStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Sessions_that_begin_and_end_are_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var ana = await house.SignUp("ana");
        (await admin.Audit("&kind=session")).ShouldBeEmpty("to sign up is told as that");
        var phone = new Caller(house.Url) { Email = ana.Email };
        phone.Header("User-Agent", "Phone/1");
        await phone.SignIn();
        await ana.SignIn();
        var other = (await ana.Get("/api/auth/sessions/")).Json!.AsArray().Single(s => $"{s!["user_agent"]}" == "Phone/1")!["id"]!;
        (await ana.Delete($"/api/auth/sessions/{other}/")).ShouldBe(204);
        (await ana.Delete("/api/auth/sessions/")).ShouldBe(204);
        (await ana.Post("/api/auth/logout/")).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/login/", new { email = ana.Email, password = "wrong-horse-8" })).ShouldBe(401);

        var lines = await admin.Audit("&kind=session&subject=ana");
        lines.Length.ShouldBe(5, string.Join('\n', lines));
        lines[4].ShouldBe($$"""session.begun ana: – → {"sign_in":{{other}},"program":"Phone/1"}""");
        lines[2].ShouldBe($$"""session.ended ana: {"sign_in":{{other}}} → –""");
        lines[1].ShouldBe("""session.ended ana: {"sign_in":"all others"} → –""");
        lines[0].ShouldStartWith("""session.ended ana: {"sign_in":""");
        (await admin.Get("/api/admin/audit/?kind=session.begun"))["results"]!.AsArray().ShouldAllBe(e => $"{e!["from"]}" == "127.0.0.0/24");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refresh_token_that_comes_back_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var ana = await house.SignUp("ana");
        var refresh = (string)(await ana.Post("/api/auth/login/", new { email = ana.Email, password = Caller.Password })).ShouldBe(200)["refresh"]!;
        (await house.Somebody().Post("/api/auth/token/refresh/", new { refresh })).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/token/refresh/", new { refresh })).ShouldBe(401);
        (await house.Somebody().Post("/api/auth/token/refresh/", new { refresh })).ShouldBe(401);
        (await admin.Audit("&kind=session.ended")).ShouldHaveSingleItem().ShouldEndWith("(A refresh token came back: somebody may have a copy of it.)");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Documents_that_come_and_go_are_in_the_meetings_history(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var made = await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z");
        using var form = new MultipartFormDataContent { { new StringContent("Agenda: talk."), "file", "agenda.txt" } };
        var file = (await ana.Post($"/api/meetings/{made.Id}/attachments/", form)).ShouldBe(201).Json![0]!["id"]!;
        (await ana.Delete($"/api/meetings/{made.Id}/attachments/{file}/")).ShouldBe(204);
        (await ana.Get($"/api/meetings/{made.Id}/audit/")).Json!.AsArray().SkipLast(1).Select(AdminHelp.Line).ShouldBe(
        [
            """meeting.attachment_removed ana: {"file":"agenda.txt","type":"text/plain","size":13} → –""",
            """meeting.attachment_added ana: – → {"file":"agenda.txt","type":"text/plain","size":13}""",
        ]);
    }
}
