using System.Globalization;
using System.Net;
using Convene.Server.Features.Accounts;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Whoever tries too often waits, and learns nothing by it; whose account it is gets in.
public sealed class AttemptStories
{
    private const string Login = "/api/auth/login/";
    private const string Forgot = "/api/auth/forgot-password/";

    // Where a request comes from is told by a proxy that is believed.
    private const string Behind = "TRUSTED_PROXIES=127.0.0.1";

    [Theory, OnSqlite, OnPostgres]
    public async Task Wrong_passwords_are_looked_at_ten_times_then_after_waits_that_double(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await house.Join("ana");
        for (var i = 0; i < 10; i++)
            (await Guess(house, "203.0.113.1", "ana")).ShouldBe(401);

        foreach (var wait in (int[])[30, 60, 120, 240])
        {
            var refused = (await Guess(house, "203.0.113.1", "ana")).ShouldBe(429);
            Wait(refused).ShouldBe(wait);
            refused.Detail().ShouldStartWith("Too many attempts. Try again in ");
            (await Guess(house, "203.0.113.1", "ana", Caller.Password)).ShouldBe(429, "a right one is not looked at either");
            house.Clock.Advance(Duration.FromSeconds(wait - 1));
            (await Guess(house, "203.0.113.1", "ana")).ShouldBe(429);
            house.Clock.Advance(Duration.FromSeconds(1));
            (await Guess(house, "203.0.113.1", "ana")).ShouldBe(401);
        }

        // In the long run ten an hour, and never more than a quarter of an hour to wait.
        var looked = 0;
        for (var minute = 0; minute < 600; minute++)
        {
            looked += (await Guess(house, "203.0.113.1", "ana")).Status == 401 ? 1 : 0;
            house.Clock.Advance(Duration.FromMinutes(1));
        }

        looked.ShouldBeInRange(50, 110);
        house.Clock.Advance(Duration.FromMinutes(15));
        (await Guess(house, "203.0.113.1", "ana", Caller.Password)).ShouldBe(200);
        (await Guess(house, "203.0.113.1", "ana")).ShouldBe(401, "it came right: all is forgotten");
        (await Guess(house, "203.0.113.1", "ana")).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_account_that_is_not_there_is_limited_in_the_same_words(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await house.Join("ana");
        var (known, unknown) = (new List<Reply>(), new List<Reply>());
        for (var i = 0; i < 12; i++)
        {
            known.Add(await Guess(house, "203.0.113.1", "ana"));
            unknown.Add(await Guess(house, "203.0.113.1", "nobody"));
        }

        unknown.Select(r => (r.Status, r.Text)).ShouldBe(known.Select(r => (r.Status, r.Text)));
        unknown.Last().ShouldBe(429).Headers.Keys.ShouldBe(known.Last().Headers.Keys, ignoreOrder: true);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task From_many_addresses_somebody_is_kept_out_of_no_place_they_were_at(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        var ana = From(house, "198.51.100.7");
        (await ana.Post("/api/auth/register/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(201);
        for (var i = 0; i < 50; i++)
            (await Guess(house, $"203.0.113.{i}", "ana")).ShouldBe(401);
        (await Guess(house, "203.0.113.99", "ana")).ShouldBe(429, "fifty an hour from all addresses");
        (await Guess(house, "192.0.2.1", "ana", Caller.Password)).ShouldBe(429, "nor from where nobody was before");
        (await Guess(house, "198.51.100.7", "ana", Caller.Password)).ShouldBe(200, "but where they were");

        // Who is somewhere else, and has no time to wait, sets a new password by mail: that place is theirs then.
        (await From(house, "192.0.2.1").Post(Forgot, new { email = "ana@example.com" })).ShouldBe(200);
        var token = await house.TokenFor("ana@example.com", "reset-password");
        (await From(house, "192.0.2.1").Post("/api/auth/reset-password/", new { token, new_password = "fresh-horse-8" })).ShouldBe(200);
        (await Guess(house, "192.0.2.1", "ana", "fresh-horse-8")).ShouldBe(200);
        (await Guess(house, "203.0.113.99", "ana", "fresh-horse-8")).ShouldBe(429);
        house.Clock.Advance(Duration.FromSeconds(30));
        (await Guess(house, "203.0.113.99", "ana", "fresh-horse-8")).ShouldBe(200, "and waiting helps everywhere");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_password_tried_on_many_accounts_is_limited_by_address(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind, "FAILURES_PER_HOUR_OF_ADDRESS=20");
        var (ana, office) = (await house.SignUp("ana"), From(house, "198.51.100.7"));
        (await office.Post(Login, new { email = ana.Email, password = Caller.Password })).ShouldBe(200);
        for (var i = 0; i < 20; i++)
            (await Guess(house, "198.51.100.7", $"person{i}")).ShouldBe(401);
        (await Guess(house, "198.51.100.7", "another")).ShouldBe(429);
        (await Guess(house, "198.51.100.8", "another")).ShouldBe(401, "somebody else");
        (await office.Post(Login, new { email = ana.Email, password = Caller.Password })).ShouldBe(200, "who was there before gets in all the same");
        (await office.Post("/api/auth/reset-password/", new { token = "x", new_password = "fresh-horse-8" })).ShouldBe(429, "links are guessed no more either");
        (await office.Post("/api/auth/verify-email/", new { token = "x" })).ShouldBe(429);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_tries_from_one_ipv6_network_is_one(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await house.Join("ana");
        for (var i = 0; i < 10; i++)
            (await Guess(house, $"2001:db8::{i + 1}", "ana")).ShouldBe(401);
        (await Guess(house, "2001:db8::ffff", "ana")).ShouldBe(429);
        (await Guess(house, "2001:db8:0:1::1", "ana")).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Many_guesses_at_once_on_two_nodes_are_no_more_than_one_after_the_other(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await using var other = await house.AnotherNode();
        await house.Join("ana");
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Guess(i % 2 == 0 ? house : other, "203.0.113.1", "ana")));
        replies.Count(r => r.Status == 401).ShouldBe(10, "whatever was looked at, no more are told");
        replies.Where(r => r.Status != 401).ShouldAllBe(r => r.Status == 429);
        (await Guess(house, "203.0.113.1", "ana", Caller.Password)).ShouldBe(429);
        (await Guess(other, "203.0.113.1", "ana", Caller.Password)).ShouldBe(429);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_other_logins_are_limited_too(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await house.Join("ana");
        for (var i = 0; i < 5; i++)
        {
            (await From(house, "203.0.113.1").Post("/api/user/login/", new { username = "ana", password = "wrong-horse" })).ShouldBe(401);
            (await From(house, "203.0.113.1").Post("/users/login/", new { username = "ana", password = "wrong-horse" })).ShouldBe(400);
        }

        Wait((await From(house, "203.0.113.1").Post("/api/user/login/", new { username = "ana", password = Caller.Password })).ShouldBe(429)).ShouldBe(30);
        Wait((await From(house, "203.0.113.1").Post("/users/login/", new { username = "ana", password = Caller.Password })).ShouldBe(429)).ShouldBe(30);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mails_are_asked_for_five_times_whether_or_not_there_is_an_account(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await house.Join("ana");
        var before = await house.Services.CountAllMails();
        var answers = new Dictionary<string, List<(int, string)>>();
        foreach (var name in (string[])["ana", "nobody"])
        {
            answers[name] = [];
            for (var i = 0; i < 6; i++)
            {
                var reply = await From(house, $"203.0.113.{i}").Post(Forgot, new { email = i % 2 == 0 ? $"{name}@example.com" : $"{name.ToUpperInvariant()}@example.com" });
                answers[name].Add((reply.Status, reply.Text));
            }
        }

        answers["ana"].Select(a => a.Item1).ShouldBe([200, 200, 200, 200, 200, 429]);
        answers["nobody"].ShouldBe(answers["ana"]);
        (await house.Services.CountAllMails()).ShouldBe(before + 5);
        house.Clock.Advance(Duration.FromSeconds(30));
        (await From(house, "203.0.113.1").Post(Forgot, new { email = "ana@example.com" })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_asks_for_mails_to_everybody_from_one_address(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind, "ACCOUNT_MAILS_PER_HOUR_OF_ADDRESS=3");
        for (var i = 0; i < 3; i++)
            (await From(house, "203.0.113.1").Post(Forgot, new { email = $"person{i}@example.com" })).ShouldBe(200);
        (await From(house, "203.0.113.1").Post(Forgot, new { email = "another@example.com" })).ShouldBe(429);
        (await From(house, "203.0.113.2").Post(Forgot, new { email = "another@example.com" })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_mail_that_verifies_an_address_is_sent_again_five_times(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        for (var i = 0; i < 5; i++)
            (await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(200);
        Wait((await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(429)).ShouldBe(30);
        (await house.CountMails(ana.Email)).ShouldBe(6);
        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor(ana.Email, "verify-email") })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_finds_a_browser_open_does_not_guess_the_password_with_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        Task<Reply> Change(string old) => ana.Post("/api/auth/change-password/", new { old_password = old, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" });
        for (var i = 0; i < 10; i++)
            (await Change($"wrong-horse-{i}")).ShouldBe(400);
        Wait((await Change(Caller.Password)).ShouldBe(429)).ShouldBe(30);
        house.Clock.Advance(Duration.FromSeconds(30));
        (await Change(Caller.Password)).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task From_one_address_so_many_sign_up_an_hour(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind, "SIGN_UPS_PER_HOUR_OF_ADDRESS=3");
        Task<Reply> Join(string address, string email) => From(house, address).Post("/api/auth/register/", new { email, password = Caller.Password });
        (await Join("203.0.113.1", "ana@example.com")).ShouldBe(201);
        (await Join("203.0.113.1", "ana@example.com")).ShouldBe(400, "who asks for addresses that are taken is counted too");
        (await Join("203.0.113.1", "ben@example.com")).ShouldBe(201);
        (await Join("203.0.113.1", "cho@example.com")).ShouldBe(429);
        (await From(house, "203.0.113.1").Post("/users/login/", new { username = "dee", password = Caller.Password })).ShouldBe(429);
        (await Join("203.0.113.2", "cho@example.com")).ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_program_that_runs_wild_is_stopped_and_nobody_else_waits(string engine)
    {
        await using var house = await TestHouse.Open(engine, "WRITES_PER_MINUTE=5");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var replies = new List<Reply>();
        for (var i = 0; i < 6; i++)
            replies.Add(await ana.Post("/api/events/", new { title = $"Event {i}", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z" }));
        // A minute may turn in between.
        if (replies.TrueForAll(r => r.Status == 201))
        {
            for (var i = 0; i < 5; i++)
                replies.Add(await ana.Post("/api/events/", new { title = $"Event {i}", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z" }));
        }

        int.Parse(replies[^1].ShouldBe(429).Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await ana.Get("/api/events/")).ShouldBe(200);
        (await ana.Post("/api/meetings/check-conflicts/", new { start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", participant_emails = new[] { ben.Email } })).ShouldBe(200, "it only asks");
        await ben.Book("Plan", "2030-03-05T12:00Z", "2030-03-05T13:00Z");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_tried_is_swept_away_and_says_nothing_of_anybody(string engine)
    {
        await using var house = await TestHouse.Open(engine, Behind);
        await Guess(house, "203.0.113.1", "anastasia");
        async Task<string> Kept() => string.Join(' ', await house.Services.GetRequiredService<Convene.Server.Storage.Store>().ReadOne(tx => tx.Query<string>("SELECT key FROM attempts")));
        var kept = await Kept();
        kept.Split(' ').Length.ShouldBe(3);
        kept.ShouldNotContain("anastasia");
        kept.ShouldNotContain("203.0");
        house.Clock.Advance(Duration.FromHours(2));
        await house.Services.GetRequiredService<ForgetOldSignIns>().Handle(CancellationToken.None);
        (await Kept()).ShouldBeEmpty();
    }

    private static Caller From(TestHouse house, string address)
    {
        var caller = house.Somebody();
        caller.Header("X-Forwarded-For", IPAddress.Parse(address).ToString());
        return caller;
    }

    private static Task<Reply> Guess(TestHouse house, string address, string name, string password = "wrong-horse") =>
        From(house, address).Post(Login, new { email = $"{name}@example.com", password });

    private static int Wait(Reply refused) => int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture);
}
