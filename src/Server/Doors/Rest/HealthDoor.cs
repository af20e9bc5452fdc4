using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.Rest;

/// For load balancers and supervisors: whether the process lives, and whether it can do its work. They tell nothing that is not for everybody.
public static class HealthDoor
{
    public const string Live = "/healthz";
    public const string Ready = "/readyz";

    public static void Map(WebApplication app)
    {
        app.MapGet(Live, () => Results.Text("ok\n")).ExcludeFromDescription();
        app.MapGet(Ready, async (ReadReadiness readiness) =>
        {
            var state = await readiness.Handle();
            return Answers.Ok(state, state.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }
}
