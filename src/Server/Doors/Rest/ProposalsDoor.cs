using Convene.Server.Features.Meetings;

namespace Convene.Server.Doors.Rest;

/// Other times that participants propose for a meeting.
public static class ProposalsDoor
{
    public const int LongestComment = 2_000;

    public static async Task<IResult> List(HttpContext http, string id, ListProposals list) => Answers.Of(await list.Handle(http.Actor(), MeetingsDoor.Id(id)));

    public static async Task<IResult> Open(HttpContext http, ListOpenProposals list) => Answers.Ok(await list.Handle(http.Actor()));

    public static async Task<IResult> Propose(HttpContext http, string id, ProposeTime propose)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (start, end) = (fields.Time("start", required: true), fields.Time("end", required: true));
        var comment = fields.Emptiable("comment", LongestComment) ?? "";
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : await Repeats.Created(http, () => propose.Handle(http.Actor(), MeetingsDoor.Id(id), new ProposeTime.Request(start!.Value, end!.Value, comment)));
    }

    public static async Task<IResult> Accept(HttpContext http, string id, long proposal, AcceptProposal accept)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var policy = fields.Choice("conflict_policy", MeetingsDoor.Policies);
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : Answers.Of(await accept.Handle(http.Actor(), MeetingsDoor.Id(id), proposal, new AcceptProposal.Request(fields.Has("conflict_policy") ? policy : null)));
    }

    public static async Task<IResult> Decline(HttpContext http, string id, long proposal, DeclineProposal decline) =>
        Answers.Of(await decline.Handle(http.Actor(), MeetingsDoor.Id(id), proposal));
}
