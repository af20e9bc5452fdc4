using Convene.Server.Features.Admin;
using Convene.Server.Storage;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// A guest who was invited signs up: what they were invited to is theirs, as soon as the address is.
public sealed class AccountClaimStories
{
    private const string Ten = "2030-03-05T10:00:00Z";
    private const string Eleven = "2030-03-05T11:00:00Z";
    private const string Noon = "2030-03-05T12:00:00Z";
    private const string Guest = "gus@example.com";

    /// An SMTP server that nobody ever reaches: mail is owed, not delivered.
    private static readonly string[] Smtp = ["EMAIL_HOST=127.0.0.1", "EMAIL_PORT=1"];

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_no_mail_is_sent_a_guest_sees_the_meeting_right_after_signing_up(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Plan", Ten, Eleven, "Gus@Example.com");

        var gus = await house.SignUp("gus");
        (await Titles(gus)).ShouldBe(["Plan"]);
        var seat = (await gus.Get($"/api/meetings/{meeting.Id}/")).ShouldBe(200)["participants"]![0]!;
        ((long)seat["user"]!).ShouldBe(gus.Id);
        (await gus.Patch($"/api/meetings/{meeting.Id}/participants/{(long)seat["id"]!}/status/", new { status = "accepted" })).ShouldBe(200);
        (await ana.TryBook("Second", Ten, Eleven, Guest)).ShouldBe(201).Emails("skipped_participants").ShouldBe([Guest], "busy as a guest is busy as a user");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_mail_is_sent_a_stranger_who_signs_up_with_a_guests_address_sees_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Secret plan", Ten, Eleven, Guest);

        var eve = await house.SignUp("gus");
        (await Titles(eve)).ShouldBeEmpty();
        (await eve.Get($"/api/meetings/{meeting.Id}/")).ShouldBe(404);
        ((string)(await eve.Get("/api/auth/me/"))["email"]!).ShouldBe(Guest);
        var asked = (await eve.Post("/api/meetings/check-conflicts/", new { start_time = Ten, end_time = Eleven, participant_emails = new[] { Guest } })).ShouldBe(200);
        asked.Text.ShouldNotContain("Secret plan");
        await ana.Book("Later plan", Eleven, Noon, Guest);
        (await Titles(eve)).ShouldBeEmpty("what the guest is invited to afterwards is the guest's too");
        (await house.Somebody().Post("/api/auth/register/", new { email = Guest, password = Caller.Password })).ShouldBe(400).Error("email").ShouldBe("user with this email already exists.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_house_may_ask_that_every_address_be_confirmed_before_it_is_anybodys(string engine)
    {
        await using var house = await TestHouse.Open(engine, [.. Smtp, "VERIFIED_ADDRESSES_ONLY=true"]);
        var ana = await house.SignUp("ana");
        var gus = await house.SignUp("gus");
        ((string)(await gus.Get("/api/auth/me/"))["email"]!).ShouldBe(Guest);
        (await house.Somebody().Post("/api/auth/register/", new { email = Guest, password = Caller.Password })).ShouldBe(400).Error("email").ShouldBe("user with this email already exists.");
        await ana.Book("After the sign-up", Ten, Eleven, Guest);
        (await Titles(gus)).ShouldBeEmpty();

        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor(Guest, "verify-email") })).ShouldBe(200);
        (await Titles(gus)).ShouldBe(["After the sign-up"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_confirmed_address_brings_the_invitations_answers_and_busy_time_along(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var ana = await house.SignUp("ana");
        var invited = await ana.Book("As a guest", Ten, Eleven, Guest);
        var gus = await house.SignUp("gus");
        await gus.Book("My own", Eleven, Noon);
        (await ana.Post("/api/meetings/check-conflicts/", new { start_time = Eleven, end_time = Noon, participant_emails = new[] { Guest } }))["has_conflicts"]!.GetValue<bool>().ShouldBeFalse("the address is not theirs yet");

        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor(Guest, "verify-email") })).ShouldBe(200);

        await ShouldOwnBoth(ana, gus, invited.Id);
        (await ana.Get($"/api/meetings/{invited.Id}/")).ShouldBe(200).Emails().ShouldBe([Guest]);
        var me = await gus.Get("/api/auth/me/");
        ((bool)me["email_verified"]!).ShouldBeTrue();
        ((string)me["email"]!).ShouldBe(Guest);
        (await gus.Patch($"/api/meetings/{invited.Id}/participants/{(long)invited["participants"]![0]!["id"]!}/status/", new { status = "declined" })).ShouldBe(200);
        (await ana.Book("In the freed hour", Ten, Eleven, Guest)).Emails().ShouldBe([Guest]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_they_have_declined_stays_declined_though_the_address_was_invited_too(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Twice", Ten, Eleven, Guest);
        var gus = await house.SignUp("gus");
        var person = (long)(await gus.Get("/api/auth/me/"))["id"]!;
        // As the door of free slots does for whoever has an account.
        await house.Services.GetRequiredService<Store>().WriteAlways(async tx =>
        {
            var entry = (await EntryRows.IdOf(tx, meeting.Id))!.Value;
            await ParticipantRows.Add(tx, entry, [(person, "", Words.Attendee)], TestHouse.Start);
            return await tx.Execute("UPDATE participants SET status = 'declined' WHERE entry_id = @entry AND person_id = @person", new { entry, person });
        });

        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor(Guest, "verify-email") })).ShouldBe(200);

        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
        (await gus.Book("Instead", Ten, Eleven)).Emails().ShouldBeEmpty();
        (await ana.Post("/api/meetings/check-conflicts/", new { start_time = Ten, end_time = Eleven, participant_emails = new[] { Guest } }))["conflicts"]!.ToJsonString().ShouldNotContain("Twice");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reset_link_proves_the_address_as_well_and_puts_the_stranger_out(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var ana = await house.SignUp("ana");
        var invited = await ana.Book("As a guest", Ten, Eleven, Guest);
        var eve = await house.SignUp("gus");
        await eve.Book("My own", Eleven, Noon);

        (await house.Somebody().Post("/api/auth/forgot-password/", new { email = Guest })).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/reset-password/", new { token = await house.TokenFor(Guest, "reset-password"), new_password = "fresh-horse-8" })).ShouldBe(200);

        (await eve.Get("/api/auth/me/")).ShouldBeUnauthorized();
        var (gus, _) = await house.Enter("gus", "fresh-horse-8");
        await ShouldOwnBoth(ana, gus, invited.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_host_whose_address_is_not_confirmed_yet_can_not_be_a_guest_of_their_own_meeting(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var ana = await house.SignUp("ana");
        await ana.Book("Before", Ten, Eleven, Guest);
        var gus = await house.SignUp("gus");
        // Ana, a cohost of Gus' meeting, invites the address that is not Gus' yet.
        var made = (await gus.Post("/api/meetings/", new { title = "Ours", start_time = Eleven, end_time = Noon, participants = new[] { new { email = "ana@example.com", role = "cohost" } } })).ShouldBe(201);
        (await ana.Post($"/api/meetings/{made.Id}/participants/", new { email = Guest })).ShouldBe(400).Error("email").ShouldNotBeEmpty();
        (await ana.Patch($"/api/meetings/{made.Id}/", new { participants = new[] { new { email = "ana@example.com", role = "cohost" }, new { email = Guest, role = "attendee" } } })).ShouldBe(200).Emails().ShouldBe(["ana@example.com"]);

        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor(Guest, "verify-email") })).ShouldBe(200);

        (await Titles(gus)).ShouldBe(["Before", "Ours"]);
        (await gus.Get($"/api/meetings/{made.Id}/participants/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);
        (await gus.Patch($"/api/meetings/{made.Id}/", new { title = "Ours, changed" })).ShouldBe(200);
        (await Busy(ana, Eleven, Noon)).ShouldBe(1);
        (await gus.Post($"/api/meetings/{made.Id}/cancel/")).ShouldBe(200);
        (await Busy(ana, Eleven, Noon)).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Invitations_that_arrive_while_the_address_is_being_confirmed_are_neither_lost_nor_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var hosts = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => house.SignUp($"host{i}")));
        for (var round = 0; round < 5; round++)
        {
            var email = $"gus{round}@example.com";
            await hosts[0].Book("Before", "2030-03-04T10:00Z", "2030-03-04T10:30Z", email);
            var gus = await house.SignUp($"gus{round}");
            var token = await house.TokenFor(email, "verify-email");
            var booked = hosts.Select((h, i) => h.TryBook($"Meanwhile {i}", $"2030-03-0{5 + round}T1{i}:00Z", $"2030-03-0{5 + round}T1{i}:30Z", email)).ToList();
            var verified = house.Somebody().Post("/api/auth/verify-email/", new { token });

            (await Task.WhenAll(booked)).ShouldAllBe(r => r.Status == 201);
            (await verified).ShouldBe(200);
            (await Titles(gus)).Count.ShouldBe(7, $"round {round}");
            await hosts[0].Get("/api/auth/me/");
        }
    }

    [Theory, OnPostgres]
    public async Task A_guest_who_becomes_somebody_between_being_looked_up_and_being_booked_is_looked_up_anew(string engine)
    {
        await using var house = await TestHouse.Open(engine, Smtp);
        var store = house.Services.GetRequiredService<Store>();
        var ana = await house.SignUp("ana");
        await ana.Book("Before", Ten, Eleven, Guest);
        var gus = await house.SignUp("gus");
        var token = await house.TokenFor(Guest, "verify-email");
        var (held, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = store.WriteAlways(async tx =>
        {
            await Revisions.Hold(tx, [ana.Id]);
            // However long the rest takes on a slow machine.
            await tx.Execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            held.SetResult();
            await goOn.Task;
        });
        await held.Task;

        var booking = ana.TryBook("After", Eleven, Noon, Guest);
        await ServerProcess.Until(
            async () => await store.ReadOne(tx => tx.One<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) > 0,
            "the booking waits for the host's calendar");
        (await house.Somebody().Post("/api/auth/verify-email/", new { token })).ShouldBe(200);
        goOn.SetResult();
        await holding;

        (await booking).ShouldBe(201);
        (await Titles(gus)).ShouldBe(["Before", "After"]);
    }

    private static async Task ShouldOwnBoth(Caller ana, Caller gus, string invited)
    {
        (await Titles(gus)).ShouldBe(["As a guest", "My own"]);
        (await gus.Get($"/api/meetings/{invited}/")).ShouldBe(200);
        (await Busy(ana, Ten, Eleven)).ShouldBe(1);
        (await Busy(ana, Eleven, Noon)).ShouldBe(1);
        (await ana.TryBook("Both hours", Ten, Noon, Guest)).ShouldBe(201).Emails("skipped_participants").ShouldBe([Guest]);
    }

    private static async Task<List<string>> Titles(Caller caller) =>
        [.. (await caller.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Select(m => (string)m!["title"]!)];

    /// How many things the guest's address is busy with.
    private static async Task<int> Busy(Caller caller, string start, string end) =>
        (await caller.Post("/api/meetings/check-conflicts/", new { start_time = start, end_time = end, participant_emails = new[] { Guest } })).ShouldBe(200)["conflicts"]![Guest]?.AsArray().Count ?? 0;
}
