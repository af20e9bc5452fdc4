using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// <summary>A mail to one person; never what it says.</summary>
/// <param name="State">owed, sent or failed (given up).</param>
/// <param name="Meeting">The id of the meeting it is about.</param>
/// <param name="Due">While owed: when it is tried (again).</param>
/// <param name="LastError">Why the last attempt did not succeed.</param>
public sealed record OutboxMail(
    long Id, string State, string Recipient, string Kind, string Subject, string? Meeting, long Attempts, string? LastError, Instant CreatedAt, Instant? Due, Instant? SentAt)
{
    public static string[] States { get; } = [OutboxList.Owed, OutboxList.Sent, OutboxList.Failed];

    internal static OutboxMail Of(OutboxList.Row row) => new(
        row.Id, row.State, row.Email, row.Kind, row.Subject, row.EntryUuid, row.Attempts, row.LastError, row.CreatedAt, row.DueAt, row.SentAt);
}
