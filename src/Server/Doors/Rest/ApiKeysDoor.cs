using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Doors.Rest;

/// Keys for programs of one's own.
public static class ApiKeysDoor
{
    public const int LongestName = 100;
    public const int MostDays = 36_500;

    private static readonly Dictionary<string, KeyScope> Scopes = Enum.GetValues<KeyScope>().ToDictionary(s => s.Name(), StringComparer.Ordinal);

    public static void Map(RouteGroupBuilder signedIn)
    {
        const string Tag = "Accounts";
        signedIn.MapGet("/auth/api-keys/", List).Say("list_api_keys", Tag, "My API keys", "The newest first; never the keys themselves.").Gives<ApiKey[]>(200, "The keys.").SignedIn(403);
        signedIn.MapPost("/auth/api-keys/", Create).Say("create_api_key", Tag, "Make an API key", "For `Authorization: Bearer`. `read` may look at what I see (GET, and what only asks), `write` may change it, `admin` also what administrators do. It takes the password again. A key makes no keys, and changes neither the password nor what else lets me in. The answer is the only one that has the key.")
            .Takes<Bodies.ApiKey>().Gives<CreateApiKey.Created>(201, "The key.").SignedIn(403, 429);
        signedIn.MapDelete("/auth/api-keys/{id:long}/", Revoke).Say("revoke_api_key", Tag, "Revoke an API key", "It stops working at once.").GivesNothing("Revoked.").SignedIn(403, 404);
    }

    private static async Task<IResult> List(HttpContext http, ListApiKeys list) => Answers.Ok(await list.Handle(http.Actor()));

    private static async Task<IResult> Create(HttpContext http, CreateApiKey create)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new CreateApiKey.Request(
            fields.Text("name", required: true, blank: false, most: LongestName) ?? "",
            fields.Choice("scope", Scopes, required: true) ?? KeyScope.Read,
            fields.Whole("expires_in_days", 1, MostDays, nullable: true),
            fields.Text("password", trim: false));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await create.Handle(http.Actor(), request), made =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Answers.Ok(made, StatusCodes.Status201Created);
        });
    }

    private static async Task<IResult> Revoke(HttpContext http, long id, RevokeApiKey revoke) =>
        Answers.Of(await revoke.Handle(http.Actor(), id), _ => Results.NoContent());
}
