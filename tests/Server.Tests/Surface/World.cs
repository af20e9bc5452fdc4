using Convene.Server.Tests.Stories;

namespace Convene.Server.Tests.Surface;

/// People, and whatever routes are about. A thing is made when a route first needs it, and made again after it was spent.
internal sealed class World
{
    /// In whatever text the things have: nobody else is to see it.
    public const string Secret = "Hush";

    // By path: what stands in its place. The first that begins like the path counts; a new kind of route needs a line here.
    private static readonly (string Path, Func<World, Task<string>> Make)[] Kinds =
    [
        ("/api/meetings/{id}/", w => w.Meeting()),
        ("/api/admin/meetings/{id}/", w => w.Meeting()),
        ("/meetings/{id}/extend/", w => w.Meeting()),
        ("/meetings/reschedule/suggestions/{id}/", w => w.Meeting()),
        ("/api/event/{id}/", w => w.Hour()),
        ("/api/auth/sessions/{id}/", w => w.Session()),
        ("/api/auth/api-keys/{id}/", async w => (await w.Key("write")).Number()),
        // Made with a device or at a provider, in stories of their own: here nobody has one.
        ("/api/auth/passkeys/{id}/", _ => Task.FromResult("1")),
        ("/api/auth/provider/identities/{id}/", _ => Task.FromResult("1")),
        ("/api/availability/overrides/{id}/", async w => (await w.Host.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-06-03", hours = new[] { new { start_time = "09:00", end_time = "10:00" } }, reason = Secret })).ShouldBe(201).Number()),
        ("/api/events/{id}/", async w => (await w.Host.Post("/api/events/", new { title = Secret, start_time = "2030-06-04T09:00Z", end_time = "2030-06-04T10:00Z" })).ShouldBe(201).Number()),
        ("/api/feeds/{id}/", async w => (await w.Feed()).Number()),
        ("/feeds/{secret}.ics/", async w => (string)(await w.Feed())["url"]! is var url ? url[(url.LastIndexOf('/') + 1)..^".ics".Length] : ""),
        ("/api/external-calendars/{id}/", w => w.ExternalCalendar()),
        ("/api/admin/people/{id}/", async w => (await w.House.SignUp($"person{w.Host.Id}x{++w.made}")).Id.ToString()),
        ("/api/admin/outbox/{id}/", w => w.OwedMail()),
        ("/meetings/availability/{id}/", w => w.OfferedSlot()),
        ("/meetings/day/{date}/", _ => Task.FromResult("2030-03-05")),
    ];

    public const string MailSecret = "a-secret-of-the-mail-server";

    /// Of a house in which much is asked for, and mail is taken in.
    public static readonly string[] Settings =
    [
        "ANONYMOUS_SEARCHES_PER_MINUTE=10000000", $"INBOUND_MAIL_SECRET={MailSecret}", "INBOUND_MAIL_ADDRESS=reply@meet.example.com", "SIGN_UPS_PER_HOUR_OF_ADDRESS=1000000",
        "SIGN_IN_FAILURES_PER_HOUR=1000000", "SIGN_IN_FAILURES_PER_HOUR_ANYWHERE=1000000", "FAILURES_PER_HOUR_OF_ADDRESS=1000000", "ACCOUNT_MAILS_PER_HOUR=1000000", "ACCOUNT_MAILS_PER_HOUR_OF_ADDRESS=1000000", "WRITES_PER_MINUTE=0",
    ];

    private readonly Dictionary<string, string> things = new(StringComparer.Ordinal);
    private int made;

    private World(TestHouse house, Caller host, Caller cohost, Caller invitee, Caller stranger, Caller administrator) =>
        (House, Host, Cohost, Invitee, Stranger, Administrator) = (house, host, cohost, invitee, stranger, administrator);

    public TestHouse House { get; }

    /// Whose the things are.
    public Caller Host { get; }

    public Caller Cohost { get; }

    public Caller Invitee { get; }

    public Caller Stranger { get; }

    public Caller Administrator { get; }

    /// <param name="mark">Tells the people of several worlds in one house apart.</param>
    public static async Task<World> In(TestHouse house, string mark = "") => new(
        house, await house.SignUp($"host{mark}"), await house.SignUp($"cohost{mark}"), await house.SignUp($"invitee{mark}"), await house.SignUp($"stranger{mark}"), await house.SignUpAdmin($"ada{mark}"));

    public NodaTime.Instant MeetingStart { get; private set; }

    /// Of the offered slot: the day of the week (0 is Monday) and the hour that it begins.
    public (int Day, int Hour) Offered { get; private set; }

    /// What stands in the path's places, by name.
    public async Task<IReadOnlyDictionary<string, string>> Places(Operation operation)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in operation.PathParameters)
        {
            places[name] = name switch
            {
                "pid" => await Thing("pid", Participant),
                "aid" => await Thing("aid", Attachment),
                "proposal" => await Thing("proposal", Proposal),
                _ => await Thing(Kind(operation.Path).Path, () => Kind(operation.Path).Make(this)),
            };
        }

        return places;
    }

    /// Something was changed: what was made may be gone.
    public void Spend() => things.Clear();

    /// The meeting that is there now.
    public Task<string> Meeting() => Thing("meeting", async () =>
    {
        var start = MeetingStart = TestHouse.Start.Plus(NodaTime.Duration.FromHours(24 + (++made % 20_000)));
        var reply = await Host.Post("/api/meetings/", new
        {
            title = Secret, start_time = start.ToString(), end_time = start.Plus(NodaTime.Duration.FromMinutes(30)).ToString(), timezone = "UTC", conflict_policy = "allow",
            participants = new[] { new { email = Cohost.Email, role = "cohost" }, new { email = Invitee.Email, role = "attendee" } },
        });
        return reply.ShouldBe(201).Id;
    });

    /// What stands behind the mark in the invitee's mail.
    public async Task<string> InvitationToken()
    {
        await Meeting();
        return await House.TokenFor(Invitee.Email, "rsvp");
    }

    private static (string Path, Func<World, Task<string>> Make) Kind(string path) =>
        Array.Find(Kinds, k => path.StartsWith(k.Path, StringComparison.Ordinal)) is { Path: not null } kind ? kind : throw new InvalidOperationException($"World.Kinds does not know what {path} is about.");

    private async Task<string> Thing(string kind, Func<Task<string>> make) =>
        things.TryGetValue(kind, out var thing) ? thing : things[kind] = await make();

    private async Task<string> Participant() => (await Host.Get($"/api/meetings/{await Meeting()}/participants/")).ShouldBe(200).Json!.AsArray().Single(p => (string)p!["email"]! == Invitee.Email)!["id"]!.ToString();

    private async Task<string> Attachment()
    {
        using var form = AttachmentHelp.Form((Secret + ".txt", "The plan."u8.ToArray()));
        return (await Host.Post($"/api/meetings/{await Meeting()}/attachments/", form)).ShouldBe(201).Json![0]!["id"]!.ToString();
    }

    private async Task<string> Proposal() =>
        (await Invitee.Post($"/api/meetings/{await Meeting()}/proposals/", new { start = "2034-01-12T11:00Z", end = "2034-01-12T12:00Z", comment = Secret })).ShouldBe(201).Number();

    private async Task<string> Hour()
    {
        var start = NodaTime.Instant.FromUtc(2032, 1, 1, 0, 0).Plus(NodaTime.Duration.FromHours(++made % 8_000)).ToDateTimeUtc();
        var booked = await Host.Post("/api/event/", new { title = Secret, time_slot = $"{start:yyyy-MM-dd HH:mm:ss}", participants = new[] { Cohost.Email, Invitee.Email } });
        return booked.ShouldBe(201)["response"]!["id"]!.ToString();
    }

    private async Task<string> Session()
    {
        await House.Somebody().Post("/api/auth/login/", new { email = Host.Email, password = Caller.Password });
        return (await Host.Get("/api/auth/sessions/")).ShouldBe(200).Json!.AsArray().First(s => !(bool)s!["current"]!)!["id"]!.ToString();
    }

    /// Its name leads to this machine, which SafeHttp never talks to: nothing is fetched.
    private async Task<string> ExternalCalendar()
    {
        await Empty("/api/external-calendars/");
        var added = await Host.Post("/api/external-calendars/", new { name = Secret, url = "https://localhost/private.ics" });
        return added.Status == 201 ? added.Number() : "1";
    }

    /// An API key of the host's, as an Authorization that may only read.
    public Task<string> ReadingKey() => Thing("reading key", async () => $"Bearer {(string)(await Key("read"))["key"]!}");

    private async Task<Reply> Key(string scope)
    {
        foreach (var old in (await Host.Get("/api/auth/api-keys/")).ShouldBe(200).Json!.AsArray().Where(k => (string)k!["scope"]! == scope))
            await Host.Delete($"/api/auth/api-keys/{old!["id"]}/");
        return (await Host.Post("/api/auth/api-keys/", new { name = Secret, scope, password = Caller.Password })).ShouldBe(201);
    }

    private async Task<Reply> Feed()
    {
        await Empty("/api/feeds/");
        return (await Host.Post("/api/feeds/", new { name = Secret })).ShouldBe(201);
    }

    /// There is only room for some.
    private async Task Empty(string list)
    {
        foreach (var thing in (await Host.Get(list)).ShouldBe(200).Json!.AsArray())
            await Host.Delete($"{list}{thing!["id"]}/");
    }

    private async Task<string> OwedMail()
    {
        await Meeting();
        return (await Administrator.Get("/api/admin/outbox/?state=owed&page_size=1")).ShouldBe(200)["results"]![0]!["id"]!.ToString();
    }

    /// Weekly, an hour long, of type 2.
    public async Task<string> OfferedSlot()
    {
        var from = 1 + (++made % 20);
        Offered = (made % 7, from);
        var slots = new[] { new { start_time = $"{from:00}:00", end_time = $"{from + 1:00}:00", meeting_type = 2, is_active = true } };
        foreach (var old in (await Host.Get("/meetings/availability")).ShouldBe(200)["original_availability"]!.AsArray())
            await Host.Delete($"/meetings/availability/{old!["id"]}");
        return (await Host.Post("/meetings/availability", new { availabilities = new[] { new { day_of_week = made % 7, slots } } })).ShouldBe(201)["created_slots"]![0]!["id"]!.ToString();
    }
}

internal static class Ids
{
    /// An id that is a number.
    public static string Number(this Reply reply) => reply["id"]!.ToString();
}
