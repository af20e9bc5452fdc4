using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Administrators as whoever has the server's command line names them. Nobody is signed in there.
public sealed class Administrators(Store store, IClock clock)
{
    public const string CommandLine = "command line";

    public enum Answer
    {
        Done,
        AsItIs,
        NoSuchAccount,
        Deactivated,
        TheLast,
    }

    public sealed record Administrator(string Email, string? Username, string Name, bool IsActive);

    public async Task<IReadOnlyList<Administrator>> List() =>
        [.. (await store.ReadOne(AdministratorRows.All)).Select(a => new Administrator(a.Email, a.Username, a.Name, a.IsActive == 1))];

    /// <param name="login">E-mail address or user name.</param>
    public Task<Answer> Add(string login) => Change(login, staff: true);

    public Task<Answer> Remove(string login) => Change(login, staff: false);

    private Task<Answer> Change(string login, bool staff) => store.WriteAlways(async tx =>
    {
        var there = await AdministratorRows.Hold(tx);
        if (await AccountRows.ByLogin(tx, login) is not { } account)
            return Answer.NoSuchAccount;
        if (staff && account.IsActive == 0)
            return Answer.Deactivated;
        if (account.IsStaff == 1 == staff)
            return Answer.AsItIs;
        if (!staff && there is [var last] && last == account.PersonId)
            return Answer.TheLast;
        await AdministratorRows.Set(tx, account.PersonId, account.IsActive == 1, staff);
        await AuditRows.Add(tx, null, CommandLine, clock.GetCurrentInstant(), Trail.Account(staff ? ChangePerson.Given : ChangePerson.Taken, account.PersonId));
        return Answer.Done;
    });
}
