using Convene.Server.Features.Accounts;
using Convene.Server.Features.Factors;

namespace Convene.Server.Doors.Rest;

/// The second step of signing in, and setting it up.
public static class SecondFactorDoor
{
    internal const int LongestCode = 40;

    internal const int LongestChallenge = 100;

    public static async Task<IResult> FinishLogin(HttpContext http, FinishSignIn finish)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var challenge = fields.Text("challenge", required: true, blank: false, most: LongestChallenge);
        var code = Code(fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await finish.Handle(new FinishSignIn.Request(challenge!, code!, http.Visitor()), http.From()), result => AccountsDoor.SignedInAs(http, result));
    }

    public static async Task<IResult> Read(HttpContext http, ReadSecondFactor read) => Answers.Ok(await read.Handle(http.Actor()));

    public static async Task<IResult> Begin(HttpContext http, BeginSecondFactor begin)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var password = Password(fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await begin.Handle(http.Actor(), new BeginSecondFactor.Request(password!)), secret => Secret(http, secret));
    }

    public static async Task<IResult> Confirm(HttpContext http, ConfirmSecondFactor confirm)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var code = Code(fields);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await confirm.Handle(http.Actor(), new ConfirmSecondFactor.Request(code!)), codes => Secret(http, codes));
    }

    public static async Task<IResult> RenewCodes(HttpContext http, RenewRecoveryCodes renew)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (password, code) = (Password(fields), Code(fields));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await renew.Handle(http.Actor(), new RenewRecoveryCodes.Request(password!, code!)), codes => Secret(http, codes));
    }

    public static async Task<IResult> Remove(HttpContext http, RemoveSecondFactor remove)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (password, code) = (Password(fields), Code(fields));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await remove.Handle(http.Actor(), new RemoveSecondFactor.Request(password!, code!)), _ => Results.NoContent());
    }

    internal static string? Password(Fields fields) => fields.Text("password", required: true, blank: false, trim: false);

    private static IResult Secret<T>(HttpContext http, T told)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Answers.Ok(told);
    }

    private static string? Code(Fields fields) => fields.Text("code", required: true, blank: false, most: LongestCode);
}
