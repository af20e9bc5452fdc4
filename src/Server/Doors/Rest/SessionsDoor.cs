using Convene.Server.Features.Accounts;

namespace Convene.Server.Doors.Rest;

/// One's own logins: where one is signed in, and ending it.
public static class SessionsDoor
{
    public static async Task<IResult> List(HttpContext http, ListSessions list) => Answers.Ok(await list.Handle(http.Actor()));

    public static async Task<IResult> End(HttpContext http, long id, EndSessions end) =>
        Answers.Of(await end.Handle(http.Actor(), new EndSessions.Request(id)), _ =>
        {
            if (id == http.Actor().SignInId)
                Cookies.SignOut(http);
            return Results.NoContent();
        });

    public static async Task<IResult> EndOthers(HttpContext http, EndSessions end) =>
        Answers.Of(await end.Handle(http.Actor(), new EndSessions.Request(null)), _ => Results.NoContent());
}
