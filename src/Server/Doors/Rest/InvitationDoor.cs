using Convene.Scheduling.Booking;
using Convene.Server.Features.Meetings;

namespace Convene.Server.Doors.Rest;

/// Invitations answered with the link of the mail. The token stands in the body: paths and queries are logged.
public static class InvitationDoor
{
    private const int LongestToken = 100;

    public static async Task<IResult> Read(HttpContext http, Visitors visitors, AnswerByLink invitation)
    {
        if (visitors.TooMany(http) is { } tooMany)
            return tooMany;
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("token", required: true, most: LongestToken);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await invitation.Read(token!));
    }

    public static async Task<IResult> Answer(HttpContext http, Visitors visitors, AnswerByLink invitation)
    {
        if (visitors.TooMany(http) is { } tooMany)
            return tooMany;
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("token", required: true, most: LongestToken);
        var status = fields.Choice("status", MeetingsDoor.AnswersByWord, required: true);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await invitation.Answer(token!, status!.Value, http.From()));
    }
}
