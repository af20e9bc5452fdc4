namespace Convene.Server.Tests.Stories;

/// Words of the stories about API keys.
internal static class KeyHelp
{
    public const string Keys = "/api/auth/api-keys/";

    public static async Task<Reply> MakeKey(this Caller owner, string scope, string name = "script", int? days = null) =>
        (await owner.TryMakeKey(scope, name, days)).ShouldBe(201);

    public static Task<Reply> TryMakeKey(this Caller owner, string scope, string name = "script", int? days = null, string password = Caller.Password) =>
        owner.Post(Keys, days is null ? new { name, scope, password } : new { name, scope, password, expires_in_days = days });

    /// A program with a new key of somebody's.
    public static async Task<Caller> Program(this TestHouse house, Caller owner, string scope) =>
        house.With($"Bearer {(string)(await owner.MakeKey(scope))["key"]!}");
}
