namespace Convene.Server.Tests.Stories;

/// Words of the stories about API keys.
internal static class KeyHelp
{
    public const string Keys = "/api/auth/api-keys/";

    public static async Task<Reply> MakeKey(this Caller owner, string scope, string name = "script", int? days = null) =>
        (await owner.Post(Keys, days is null ? new { name, scope } : new { name, scope, expires_in_days = days })).ShouldBe(201);

    /// A program with a new key of somebody's.
    public static async Task<Caller> Program(this TestHouse house, Caller owner, string scope) =>
        house.With($"Bearer {(string)(await owner.MakeKey(scope))["key"]!}");
}
