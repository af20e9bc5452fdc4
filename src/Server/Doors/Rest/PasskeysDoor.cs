using System.Buffers.Text;
using Convene.Server.Features.Passkeys;

namespace Convene.Server.Doors.Rest;

/// Passkeys (WebAuthn). Bytes travel as base64url.
public static class PasskeysDoor
{
    public const int LongestName = 100;

    private const int LongestBytes = 16 * 1024;

    public static IResult BeginLogin(HttpContext http, SignInByPasskey signIn, Visitors visitors) =>
        visitors.TooMany(http) is { } wait ? wait : Answers.Ok(signIn.Begin());

    public static async Task<IResult> Login(HttpContext http, SignInByPasskey signIn)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (id, client, data) = (Bytes(fields, "credential_id"), Bytes(fields, "client_data_json"), Bytes(fields, "authenticator_data"));
        var (signature, handle) = (Bytes(fields, "signature"), Bytes(fields, "user_handle"));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await signIn.Handle(new SignInByPasskey.Request(id!, client!, data!, signature!, handle!, http.Visitor())), result => AccountsDoor.SignedInAs(http, result));
    }

    public static async Task<IResult> List(HttpContext http, MyPasskeys mine) => Answers.Ok(await mine.List(http.Actor()));

    public static async Task<IResult> Begin(HttpContext http, AddPasskey add)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var password = SecondFactorDoor.Password(fields);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await add.Begin(http.Actor(), password!));
    }

    public static async Task<IResult> Add(HttpContext http, AddPasskey add)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var (name, client, attestation) = (fields.Text("name", required: true, blank: false, most: LongestName), Bytes(fields, "client_data_json"), Bytes(fields, "attestation_object"));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await add.Handle(http.Actor(), new AddPasskey.Request(client!, attestation!, name!)), StatusCodes.Status201Created);
    }

    public static async Task<IResult> Remove(HttpContext http, long id, MyPasskeys mine) =>
        Answers.Of(await mine.Remove(http.Actor(), id), _ => Results.NoContent());

    private static byte[]? Bytes(Fields fields, string name)
    {
        if (fields.Text(name, required: true, blank: false, most: LongestBytes) is not { } text)
            return null;
        if (Base64Url.IsValid(text))
            return Base64Url.DecodeFromChars(text);
        fields.Wrong(name, "This is no base64url.");
        return null;
    }
}
