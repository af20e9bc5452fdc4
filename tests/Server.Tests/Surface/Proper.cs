using System.Text.Json.Nodes;
using Convene.Server.Tests.Stories;

namespace Convene.Server.Tests.Surface;

/// Requests as they should be.
internal static class Proper
{
    public const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTAMP:20300101T000000Z\r\nDTSTART:20300401T100000Z\r\nDTEND:20300401T110000Z\r\n"
        + "RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    /// The description's own example, on this house's days, with what is known to be right here.
    public static JsonObject Example(JsonObject example, Inventor inventor)
    {
        var body = JsonNode.Parse(example.ToJsonString().Replace("\"2027-", "\"2031-", StringComparison.Ordinal).Replace("\"2027", "\"2031", StringComparison.Ordinal))!.AsObject();
        foreach (var name in body.Select(p => p.Key).ToArray())
            body[name] = inventor.Right(name) ?? body[name]?.DeepClone();
        return body;
    }

    /// What is right in this world for this operation now.
    public static async Task<Known> Known(World world, Operation operation, Random random)
    {
        var people = (Caller[])[world.Host, world.Cohost, world.Invitee, world.Stranger];
        var known = new Known()
            .Add("email", [.. people.Select(p => (JsonNode)p.Email), $"guest{random.Next(1_000)}@example.com"]).Add("emails", [.. people.Select(p => (JsonNode)p.Email)])
            .Add("user_id", [.. people.Select(p => (JsonNode)p.Id)]).Add("person", [.. people.Select(p => (JsonNode)p.Id), .. people.Select(p => (JsonNode)p.Email)]).Add("user", [.. people.Select(p => (JsonNode)p.Email)])
            .Add("meeting_type", 1, 2, 3).Add("password", Caller.Password).Add("password2", Caller.Password).Add("old_password", Caller.Password).Add("new_password", Caller.Password).Add("new_password2", Caller.Password);
        switch (operation.Id)
        {
            case "register" or "sign_up" or "login_or_sign_up":
                var name = $"new{random.NextInt64(1L << 50)}";
                return known.Add("email", $"{name}@example.com").Add("username", name);
            case "add_participant":
                return known.Add("email", $"guest{random.Next(1_000_000)}@example.com");
            case "change_meeting" or "replace_meeting":
                var free = TestHouse.Start.Plus(NodaTime.Duration.FromHours(40_000 + random.Next(40_000)));
                return known.Add("start_time", free.ToString()).Add("end_time", free.Plus(NodaTime.Duration.FromMinutes(30)).ToString());
            case "login" or "user_login":
                return known.Add("email", world.Host.Email).Add("username", world.Host.Email);
            case "refresh_token" or "logout":
                var login = await world.House.Somebody().Post("/api/auth/login/", new { email = world.Stranger.Email, password = Caller.Password });
                return login.Status == 200 ? known.Add("refresh", (string)login["refresh"]!) : known;
            case "reset_password":
                await world.House.Somebody().Post("/api/auth/forgot-password/", new { email = world.Stranger.Email });
                return known.Add("token", await world.House.TokenFor(world.Stranger.Email, "reset-password"));
            case "verify_email":
                var fresh = await world.House.SignUp($"fresh{random.NextInt64(1L << 50)}");
                return known.Add("token", await world.House.TokenFor(fresh.Email, "verify-email"));
            case "read_invitation" or "answer_by_link":
                return known.Add("token", await world.InvitationToken());
            case "check_conflicts":
                return known.Add("exclude_meeting_id", await world.Meeting());
            case "extend_meeting":
                await world.Meeting();
                return known.Add("extended_end_time", $"{world.MeetingStart.ToDateTimeUtc():yyyy-MM-ddTHH}:45");
            case "reschedule_meeting":
                return known.Add("meeting_id", await world.Meeting()).Add("new_start_time", $"2033-01-{1 + random.Next(28):00}T{random.Next(23):00}:00").Add("new_end_time", "2033-01-31T00:00");
            case "book_event" or "replace_booked_event" or "change_booked_event":
                return known.Add("participants", new JsonArray(world.Host.Email, world.Cohost.Email, world.Invitee.Email)).Add("status", "active").Add("time_slot", $"2034-{1 + random.Next(12):00}-{1 + random.Next(28):00} {random.Next(24):00}:00:00");
            case "schedule_meeting":
                await world.OfferedSlot();
                var day = new NodaTime.LocalDate(2035, 1, 1).PlusDays(7 * random.Next(100)).PlusDays(world.Offered.Day);
                return known.Add("organizer_id", world.Host.Id).Add("start_time", $"{day:uuuu-MM-dd}T{world.Offered.Hour:00}:00").Add("end_time", $"{day:uuuu-MM-dd}T{world.Offered.Hour:00}:30").Add("meeting_type", 2);
            default:
                return known;
        }
    }
}
