using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.Rest;

/// For load balancers and supervisors: whether the process lives, and whether it can do its work. They tell nothing that is not for everybody.
public static class HealthDoor
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok\n")).ExcludeFromDescription().WithMetadata(new LoadShedding.Always());
        app.MapGet("/readyz", async (ReadReadiness readiness) =>
        {
            var state = await readiness.Handle();
            return Answers.Ok(state, state.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription().WithMetadata(new LoadShedding.Always());
    }
}
