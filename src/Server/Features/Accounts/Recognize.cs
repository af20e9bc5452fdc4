using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Finds out who shows a credential, and how their calendar stands: every request of somebody who is signed in begins with it, so those that come together share a statement.
public sealed class Recognize(Store store, IClock clock, Jwt jwt, SeenSignIns seen)
{
    private readonly Lookups<long, SignInRows.Holder> byId = new(store, SignInRows.ById, h => h.SignInId);
    private readonly Lookups<string, SignInRows.Holder> byToken = new(store, SignInRows.ByToken, h => h.TokenHash);
    private readonly Lookups<string, SignInRows.Holder> bySession = new(store, SignInRows.BySession, h => h.SessionHash);
    private readonly Lookups<string, ApiKeyRows.Holder> byKey = new(store, ApiKeyRows.ByHash, h => h.Hash);

    public async Task<Actor?> ByAccessToken(string token) =>
        jwt.Read(token, Jwt.Access, clock.GetCurrentInstant()) is { } claims ? Of(await byId.Find(claims.SignIn)) : null;

    public async Task<Actor?> ByToken(string token) => await byToken.Find(Credentials.Hash(token)) is { } holder && holder.TokenExpiresAt > clock.GetCurrentInstant() ? Of(holder) : null;

    public async Task<Actor?> BySession(string session) =>
        await bySession.Find(Credentials.Hash(session)) is { } holder && holder.SessionExpiresAt > clock.GetCurrentInstant() ? Of(holder) : null;

    public async Task<Actor?> ByKey(string key)
    {
        var now = clock.GetCurrentInstant();
        if (await byKey.Find(Credentials.Hash(key)) is not { } holder || holder.ExpiresAt <= now)
            return null;
        seen.Note(holder, now);
        var scope = KeyScopes.Of(holder.Scope);
        return Of(holder, signIn: 0, isStaff: holder.IsStaff == 1 && scope == KeyScope.Admin) with { Key = scope };
    }

    /// An API key, by how it begins.
    public static bool IsKey(string secret) => secret.StartsWith(ApiKey.Prefix, StringComparison.Ordinal);

    private Actor? Of(SignInRows.Holder? holder)
    {
        if (holder is null)
            return null;
        seen.Note(holder, clock.GetCurrentInstant());
        return Of(holder, holder.SignInId, holder.IsStaff == 1);
    }

    private static Actor Of(CredentialHolder holder, long signIn, bool isStaff) => new(holder.PersonId, holder.Email, holder.Name, holder.Username, Zone(holder.Timezone), isStaff, signIn)
    {
        ReminderMinutes = holder.ReminderMinutes,
        Calendar = new CalendarState(holder.Revision, holder.Names),
    };

    private static DateTimeZone Zone(string? name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name ?? "UTC") ?? DateTimeZone.Utc;
}
