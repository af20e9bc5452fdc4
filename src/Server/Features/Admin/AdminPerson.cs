using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// <summary>An account as administrators see it.</summary>
/// <param name="Id">The person's number.</param>
/// <param name="LastSeen">When they last signed in, as far as their sign-ins are still known.</param>
/// <param name="MeetingsHosted">Of all times.</param>
/// <param name="FailedSignIns">Wrong passwords in the last 30 days.</param>
public sealed record AdminPerson(
    long Id, string Email, string? Username, string Name, Instant CreatedAt, Instant? LastSeen, bool IsActive, bool IsStaff, bool EmailVerified,
    long MeetingsHosted, long FailedSignIns)
{
    internal static AdminPerson Of(PeopleList.Row row) => new(
        row.Id, row.Email, row.Username, row.Name, row.CreatedAt, row.LastSeen, row.IsActive == 1, row.IsStaff == 1, row.EmailVerifiedAt is not null,
        row.MeetingsHosted, row.FailedSignIns);
}
