using System.Net;
using System.Text.Json.Nodes;
using Convene.Server.Features.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// What one login was given, of every kind.
internal sealed record AccountLogin(string Access, string Refresh, string Token, string Session, string Csrf)
{
    public const string All = "access opaque-as-bearer token session";

    /// From the answer of a sign-up or login, and the cookies it set.
    public static AccountLogin Of(Caller caller, Reply reply) =>
        new((string)reply["access"]!, (string)reply["refresh"]!, (string)reply["token"]!, caller.Cookie("sessionid")!, caller.Cookie("csrftoken")!);

    /// Which of the credentials open a door now. The refresh token is not tried: that would use it up.
    public async Task<string> Alive(TestHouse house)
    {
        var alive = new List<string>();
        foreach (var (name, header) in ((string, string?)[])[("access", $"Bearer {Access}"), ("opaque-as-bearer", $"Bearer {Token}"), ("token", $"Token {Token}"), ("session", null)])
        {
            var caller = house.Somebody();
            if (header is null)
                caller.Cookies.Add(house.Url, new Cookie("sessionid", Session));
            caller.Authorization(header);
            var status = (await caller.Get("/api/auth/me/")).Status;
            status.ShouldBeOneOf(200, 401);
            if (status == 200)
                alive.Add(name);
        }

        return string.Join(' ', alive);
    }
}

/// Words of the stories about accounts.
internal static class AccountHelp
{
    /// A new account `name@example.com` and what its sign-up was given; nothing is set on the caller but the cookies.
    public static async Task<(Caller Caller, AccountLogin Login)> Join(this TestHouse house, string name)
    {
        var caller = house.Somebody();
        var reply = (await caller.Post("/api/auth/register/", new { email = $"{name}@example.com", username = name, password = Caller.Password })).ShouldBe(201);
        return (caller, AccountLogin.Of(caller, reply));
    }

    /// Another login of the account `name`, from another machine.
    public static async Task<(Caller Caller, AccountLogin Login)> Enter(this TestHouse house, string name, string password = Caller.Password)
    {
        var caller = house.Somebody();
        var reply = (await caller.Post("/api/auth/login/", new { email = $"{name}@example.com", password })).ShouldBe(200);
        return (caller, AccountLogin.Of(caller, reply));
    }

    public static Caller With(this TestHouse house, string authorization)
    {
        var caller = house.Somebody();
        caller.Authorization(authorization);
        return caller;
    }

    public static string? Cookie(this Caller caller, string name) => caller.Cookies.GetAllCookies().FirstOrDefault(c => c.Name == name)?.Value;

    public static Task<Reply> Refresh(this TestHouse house, string refresh) => house.Somebody().Post("/api/auth/token/refresh/", new { refresh });

    /// The token in the newest mail to this address whose link leads to the page, delivered or not.
    public static async Task<string> TokenFor(this TestHouse house, string email, string page)
    {
        var mails = await house.Services.GetRequiredService<ReadSentMail>().Handle();
        return mails.Select(m => m.Mail).First(m => m.To.Email == email && m.Text.Contains($"/{page}#token=", StringComparison.Ordinal)).Text.Split("#token=")[1].Split('\r')[0];
    }

    public static async Task<int> CountMails(this TestHouse house, string email) =>
        (await house.Services.GetRequiredService<ReadSentMail>().Handle()).Count(m => m.Mail.To.Email == email);

    public static async Task<int> CountAllMails(this IServiceProvider services) => (await services.GetRequiredService<ReadSentMail>().Handle()).Count;

    public static string Detail(this Reply reply) => (string)reply["detail"]!;

    public static IEnumerable<string> Keys(this JsonNode? node) => node!.AsObject().Select(p => p.Key);

    /// 401, with the challenge that every one has.
    public static Reply ShouldBeUnauthorized(this Reply reply, string? detail = null)
    {
        reply.ShouldBe(401).Headers["WWW-Authenticate"].ShouldBe("Bearer realm=\"api\"");
        if (detail is not null)
            reply.Detail().ShouldBe(detail);
        return reply;
    }
}
