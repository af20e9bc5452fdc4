using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Finds out who shows a credential.
public sealed class Recognize(Store store, IClock clock, Jwt jwt, SeenSignIns seen)
{
    public async Task<Actor?> ByAccessToken(string token) =>
        jwt.Read(token, Jwt.Access, clock.GetCurrentInstant()) is { } claims
            ? Of(await store.ReadOne(tx => SignInRows.ById(tx, claims.SignIn)))
            : null;

    public async Task<Actor?> ByToken(string token) => Of(await store.ReadOne(tx => SignInRows.ByToken(tx, Credentials.Hash(token), clock.GetCurrentInstant())));

    public async Task<Actor?> BySession(string session) =>
        Of(await store.ReadOne(tx => SignInRows.BySession(tx, Credentials.Hash(session), clock.GetCurrentInstant())));

    public async Task<Actor?> ByKey(string key)
    {
        var now = clock.GetCurrentInstant();
        if (await store.ReadOne(tx => ApiKeyRows.ByHash(tx, Credentials.Hash(key), now)) is not { } holder)
            return null;
        seen.Note(holder, now);
        var scope = KeyScopes.Of(holder.Scope);
        return new Actor(
            holder.PersonId, holder.Email, holder.Name, holder.Username, Zone(holder.Timezone), holder.IsStaff == 1 && scope == KeyScope.Admin, SignInId: 0)
        {
            Key = scope,
            ReminderMinutes = holder.ReminderMinutes,
        };
    }

    /// An API key, by how it begins.
    public static bool IsKey(string secret) => secret.StartsWith(ApiKey.Prefix, StringComparison.Ordinal);

    private Actor? Of(SignInRows.Holder? holder)
    {
        if (holder is null)
            return null;
        seen.Note(holder, clock.GetCurrentInstant());
        return new Actor(
            holder.PersonId, holder.Email, holder.Name, holder.Username, Zone(holder.Timezone), holder.IsStaff == 1, holder.SignInId) { ReminderMinutes = holder.ReminderMinutes };
    }

    private static DateTimeZone Zone(string? name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name ?? "UTC") ?? DateTimeZone.Utc;
}
