namespace Convene.Server.Features.Factors;

/// What is asked again before the ways to sign in are changed: a session that was left open is not enough.
internal static class Again
{
    public static Refusals.Invalid WrongPassword => new("password", "This is not your password.");

    public static Refusals.Invalid WrongCode => new("code", "This code is wrong, or was used already.");
}
