using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Finds out who shows a credential, and how their calendar stands: every request of somebody who is signed in begins with it, so those that come together share a statement.
public sealed class Recognize(Store store, IClock clock, Jwt jwt, SeenSignIns seen)
{
    private readonly Lookups<long, SignInRows.Holder> byId = new(store, SignInRows.ById, h => h.SignInId);
    private readonly Lookups<string, SignInRows.Holder> byToken = new(store, SignInRows.ByToken, h => h.TokenHash);
    private readonly Lookups<string, SignInRows.Holder> bySession = new(store, SignInRows.BySession, h => h.SessionHash);

    public async Task<Actor?> ByAccessToken(string token) =>
        jwt.Read(token, Jwt.Access, clock.GetCurrentInstant()) is { } claims ? Of(await byId.Find(claims.SignIn)) : null;

    public async Task<Actor?> ByToken(string token) => await byToken.Find(Credentials.Hash(token)) is { } holder && holder.TokenExpiresAt > clock.GetCurrentInstant() ? Of(holder) : null;

    public async Task<Actor?> BySession(string session) =>
        await bySession.Find(Credentials.Hash(session)) is { } holder && holder.SessionExpiresAt > clock.GetCurrentInstant() ? Of(holder) : null;

    private Actor? Of(SignInRows.Holder? holder)
    {
        if (holder is null)
            return null;
        seen.Note(holder, clock.GetCurrentInstant());
        return new Actor(
            holder.PersonId, holder.Email, holder.Name, holder.Username,
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(holder.Timezone ?? "UTC") ?? DateTimeZone.Utc, holder.IsStaff == 1, holder.SignInId)
        {
            ReminderMinutes = holder.ReminderMinutes,
            Calendar = new CalendarState(holder.Revision, holder.Names),
        };
    }
}
