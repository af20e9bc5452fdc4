using System.Net.Http.Headers;

namespace Convene.Server.Tests.Stories;

/// Whatever is sent to the doors of accounts: they answer 4xx in JSON and say what is wrong.
public sealed class AccountRequestStories
{
    private const string Path = "/api/auth/register/";

    [Theory, OnSqlite, OnPostgres]
    public async Task All_wrong_fields_are_told_at_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var reply = (await house.Somebody().Post(Path, new
        {
            email = "not-an-address", username = "has space", password = "short", first_name = new string('x', 151), last_name = true,
            timezone = "Mars/Olympus", working_hours_start = "25:00", working_hours_end = 9.5,
        })).ShouldBe(400);
        reply.Error("email").ShouldBe("Enter a valid email address.");
        reply.Error("username").ShouldNotBeEmpty();
        reply.Error("password").ShouldStartWith("This password is too short.");
        reply.Error("first_name").ShouldBe("Ensure this field has no more than 150 characters.");
        reply.Error("last_name").ShouldBe("Not a valid string.");
        reply.Error("timezone").ShouldContain("Mars/Olympus");
        reply.Error("working_hours_start").ShouldStartWith("Time has wrong format.");
        reply.Error("working_hours_end").ShouldStartWith("Time has wrong format.");

        var empty = (await house.Somebody().Post(Path, new { })).ShouldBe(400);
        empty.Error("email").ShouldBe("This field is required.");
        empty.Error("password").ShouldBe("This field is required.");
        (await house.Somebody().Post(Path)).ShouldBe(400).Error("password").ShouldBe("This field is required.", "no body at all");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Values_of_wrong_types_and_nulls_are_told_by_field(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var value in (string[])["[]", "{}", "true", "[\"ana@example.com\"]"])
            (await house.Somebody().Post(Path, $$"""{"email": {{value}}, "password": {{value}}}""")).ShouldBe(400).Error("email").ShouldBe("Not a valid string.", value);
        var nulls = (await house.Somebody().Post(Path, """{"email": null, "password": null, "timezone": null, "first_name": null}""")).ShouldBe(400);
        foreach (var field in (string[])["email", "password", "timezone", "first_name"])
            nulls.Error(field).ShouldBe("This field may not be null.", field);
        (await house.Somebody().Post(Path, """{"email": "", "username": "", "password": "x"}""")).ShouldBe(400).Error("email").ShouldBe("This field may not be blank.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_body_that_is_no_object_is_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var (body, type) in ((string, string)[])[("[]", "list"), ("[{\"email\":\"ana@example.com\"}]", "list"), ("\"text\"", "str"), ("7", "int")])
            (await house.Somebody().Post(Path, body)).ShouldBe(400).Error("non_field_errors").ShouldBe($"Invalid data. Expected a dictionary, but got {type}.");
        (await house.Somebody().Post(Path, "null")).ShouldBe(400);
        foreach (var broken in (string[])["{", "{\"email\":}", "{'email': 'ana@example.com'}", "{\"email\":\"a\",}", "nonsense", new string('[', 100_000)])
            (await house.Somebody().Post(Path, broken)).ShouldBe(400).Detail().ShouldStartWith("JSON parse error - ");
        (await house.Somebody().Post(Path, Bytes([.. "{\"email\":\""u8, 0xff, 0xfe, .. "\"}"u8], "application/json"))).ShouldBe(400).Detail().ShouldStartWith("JSON parse error - ");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_body_of_another_kind_is_415_and_one_too_large_413(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var type in (string[])["text/plain", "application/xml"])
            (await house.Somebody().Post(Path, Bytes("""{"email":"ana@example.com"}"""u8.ToArray(), type))).ShouldBe(415).Detail().ShouldBe($"Unsupported media type \"{type}\" in request.");
        (await house.Somebody().Post(Path, Bytes("""{"email":"ana@example.com"}"""u8.ToArray(), null))).ShouldBe(415);
        (await house.Somebody().Post(Path, new string(' ', 2 * 1024 * 1024))).ShouldBe(413).Detail().ShouldNotBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Forms_are_read_like_json(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "ana@example.com", ["password"] = Caller.Password, ["first_name"] = "Ána & Co" });
        ((string)(await house.Somebody().Post(Path, form)).ShouldBe(201)["first_name"]!).ShouldBe("Ána & Co");

        using var multipart = new MultipartFormDataContent { { new StringContent("ben@example.com"), "email" }, { new StringContent(Caller.Password), "password" } };
        (await house.Somebody().Post(Path, multipart)).ShouldBe(201);
        using var login = new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = "ben@example.com", ["password"] = Caller.Password });
        (await house.Somebody().Post("/api/auth/login/", login)).ShouldBe(200);
        using var wrong = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "nonsense" });
        (await house.Somebody().Post(Path, wrong)).ShouldBe(400).Error("email").ShouldBe("Enter a valid email address.");

        using var twice = Bytes("email=a%40example.com&email=b%40example.com&password=correct-horse-7"u8.ToArray(), "application/x-www-form-urlencoded");
        (await house.Somebody().Post(Path, twice)).Status.ShouldBeOneOf(201, 400);
        using var nul = Bytes("email=cy%40example.com&first_name=%00&password=correct-horse-7"u8.ToArray(), "application/x-www-form-urlencoded");
        (await house.Somebody().Post(Path, nul)).ShouldBe(400);
        using var torn = Bytes("--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nana"u8.ToArray(), "multipart/form-data; boundary=x");
        (await house.Somebody().Post(Path, torn)).ShouldBe(400);
        using var unbound = Bytes("hello"u8.ToArray(), "multipart/form-data");
        (await house.Somebody().Post(Path, unbound)).ShouldBe(400);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Characters_that_no_text_can_hold_are_refused_in_every_field(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var poison in (string[])["\\ud800", "\\udc00x", "\\u0000", "a\\u0000b"])
        {
            foreach (var field in (string[])["email", "username", "password", "password2", "first_name", "last_name", "timezone", "working_hours_start"])
            {
                var body = $$"""{"email": "ana@example.com", "password": "correct-horse-7", "{{field}}": "{{poison}}"}""";
                (await house.Somebody().Post(Path, body)).ShouldBe(400, $"{field} {poison}").Error(field).ShouldNotBeEmpty();
            }

            (await house.Somebody().Post("/api/auth/login/", $$"""{"email": "{{poison}}", "password": "correct-horse-7"}""")).ShouldBe(400);
            (await house.Somebody().Post("/api/auth/login/", $$"""{"email": "ana@example.com", "password": "{{poison}}"}""")).ShouldBe(400);
            (await house.Somebody().Post("/api/auth/token/refresh/", $$"""{"refresh": "{{poison}}"}""")).ShouldBe(400);
            (await house.Somebody().Post("/api/auth/reset-password/", $$"""{"token": "{{poison}}", "new_password": "fresh-horse-8"}""")).ShouldBe(400);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_number_written_with_characters_that_no_text_can_hold_is_no_number(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var poison in (string[])["\\ud800", "\\u0000", "1\\u0000"])
            (await ana.Post("/api/meetings/", $$"""{"title": "Plan", "start_time": "2030-03-05T10:00Z", "end_time": "2030-03-05T11:00Z", "reminder_minutes": "{{poison}}"}""")).ShouldBe(400, poison).Error("reminder_minutes").ShouldBe("A valid integer is required.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_no_text_can_hold_is_not_told_back_either(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var made = (await ana.Post("/meetings/availability/", new { start_time = "09:00", end_time = "10:00", day_of_week = 1, meeting_type = 2 })).ShouldBe(201);
        var slot = $"/meetings/availability/{made["created_slots"]![0]!["id"]}/";
        foreach (var poison in (string[])["\\ud800", "\\u0000", "9\\ud800"])
        {
            (await ana.Patch(slot, $$"""{"end_time": "{{poison}}"}""")).ShouldBe(400, poison);
            (await ana.Patch(slot, $$"""{"start_time": ["{{poison}}"]}""")).ShouldBe(400, poison);
            (await ana.Post("/meetings/availability/", $$"""{"availabilities": [{"day_of_week": "{{poison}}", "slots": "{{poison}}"}]}""")).ShouldBe(400, poison);
            (await ana.Post("/meetings/availability/", $$"""{"availabilities": [{"day_of_week": "{{poison}}", "slots": [{"start_time": "{{poison}}", "x": 1}]}]}""")).ShouldBe(400, poison);
            (await ana.Patch("/api/auth/me/", $$$"""{"notifications": {"{{{poison}}}": true}}""")).ShouldBe(400, poison);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_that_no_text_can_hold_is_ignored_or_refused_but_never_breaks_the_server(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var key in (string[])["\\ud800", "ema\\ud800", "\\u0000"])
            (await house.Somebody().Post(Path, $$"""{"email": "ana@example.com", "password": "short", "{{key}}": 1}""")).ShouldBe(400, key);
        (await house.Somebody().Post(Path, """{"email": "ana@example.com", "password": "correct-horse-7", "unknown": {"deep": [1, 2]}}""")).ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_wrong_method_or_path_is_told_in_json_and_a_slash_at_the_end_makes_no_difference(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var ana = house.With($"Bearer {login.Access}");
        foreach (var path in (string[])["/api/auth/login", "/api/auth/login/", "/api/auth/register/", "/api/auth/logout/", "/api/auth/change-password/", "/api/auth/token/refresh/"])
        {
            (await ana.Get(path)).ShouldBe(405).Detail().ShouldBe("Method \"GET\" not allowed.");
            (await ana.Put(path, new { })).ShouldBe(405).Detail().ShouldBe("Method \"PUT\" not allowed.");
        }

        (await ana.Delete("/api/auth/me/")).ShouldBe(405).Detail().ShouldBe("Method \"DELETE\" not allowed.");
        foreach (var path in (string[])["/api/auth/", "/api/auth/nothing/", "/api/auth/me/more", "/api/auth/login/extra/", "/api"])
            (await ana.Get(path)).ShouldBe(404).Detail().ShouldBe("Not found.");

        (await ana.Get("/api/auth/me")).ShouldBe(200);
        (await ana.Patch("/api/auth/profile", new { first_name = "Ana" })).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/register", new { email = "ben@example.com", password = Caller.Password })).ShouldBe(201);
        (await house.Somebody().Post("/api/auth/login", new { email = "ben@example.com", password = Caller.Password })).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/token/refresh", new { refresh = login.Refresh })).ShouldBe(200);
        (await ana.Post("/api/auth/logout")).ShouldBe(200);
    }

    private static ByteArrayContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        if (type is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
