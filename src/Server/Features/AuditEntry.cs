using System.Text.Json;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features;

/// <summary>Somebody did something.</summary>
/// <param name="Kind">What it is about, a dot, what happened: meeting.cancelled, account.admin_given.</param>
/// <param name="Actor">Null: nobody was signed in.</param>
/// <param name="From">The network it came from (/24 or /48), or "command line".</param>
/// <param name="Subject">Null: neither a meeting nor an account.</param>
/// <param name="Before">What was different before; null: it was not there, or it does not matter.</param>
/// <param name="After">Null: it is gone, or it does not matter.</param>
public sealed record AuditEntry(
    long Id, Instant At, string Kind, AuditActor? Actor, string? From, AuditSubject? Subject, string Reason,
    IReadOnlyDictionary<string, JsonElement>? Before, IReadOnlyDictionary<string, JsonElement>? After)
{
    internal static AuditEntry Of(AuditRows.Row row) => new(
        row.Id, row.At, row.Kind,
        row.ActorId is { } actor ? new AuditActor(actor, row.ActorEmail ?? (row.ActorIsKnown == 1 ? "" : PersonErasure.Name)) : null,
        row.Address,
        row.EntryUuid is { } meeting ? new AuditSubject("meeting", meeting, row.Title) : row.PersonId is { } person ? new AuditSubject("account", $"{person}", row.Email) : null,
        row.Reason, Read(row.OldValues), Read(row.NewValues));

    private static Dictionary<string, JsonElement>? Read(string? values) => values is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values);
}

/// <param name="Id">The person's number.</param>
/// <param name="Email">Or the user name, of accounts without an address; "Deleted user" of who is gone.</param>
public sealed record AuditActor(long Id, string Email);

/// <param name="Kind">meeting or account.</param>
/// <param name="Name">The meeting's title or the account's address, as it is now; null: it is gone.</param>
public sealed record AuditSubject(string Kind, string Id, string? Name);
