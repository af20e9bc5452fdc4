using Convene.Server.Features.Accounts;

namespace Convene.Server.Features.Factors;

/// What is asked again before the ways to sign in are changed: a session that was left open is not enough.
internal static class Again
{
    public static Refusals.Invalid WrongPassword => new("password", "This is not your password.");

    /// Whoever found somebody's browser open must not find out the password with it: the same limit as where the password is changed.
    public static Attempts.Limit[] Limits(Actor actor, Settings settings) => [new("password", $"{actor.Id}", settings.Accounts.FailuresPerHour)];

    public static Refusals.Invalid WrongCode => new("code", "This code is wrong, or was used already.");
}
