using Convene.Server.Features.Privacy;
using NodaTime;
using NodaTime.Text;

namespace Convene.Server.Doors.Rest;

/// What is mine: taking it along, and taking it away.
public static class PrivacyDoor
{
    /// <summary>The account is gone.</summary>
    public sealed record Deleted(string Detail, int MeetingsCancelled, int MeetingsLeft);

    public static IResult Export(HttpContext http, ExportEverything export, IClock clock)
    {
        var actor = http.Actor();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        var day = LocalDatePattern.Iso.Format(clock.GetCurrentInstant().InZone(actor.Zone).Date);
        return Results.Stream(stream => export.Write(actor, stream, Answers.Json, http.RequestAborted), "application/zip", $"convene-{day}.zip");
    }

    public static async Task<IResult> Delete(HttpContext http, DeleteAccount delete)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new DeleteAccount.Request(fields.Text("password", trim: false), fields.Text("code", most: SecondFactorDoor.LongestCode));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await delete.Handle(http.Actor(), request), result =>
        {
            Cookies.SignOut(http);
            return Answers.Ok(new Deleted("Your account is deleted.", result.MeetingsCancelled, result.MeetingsLeft));
        });
    }
}
