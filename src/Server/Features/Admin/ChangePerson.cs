using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Deactivates an account or lets it in again; gives administration or takes it. Never one's own, so there is always somebody left.
public sealed class ChangePerson(Store store, IClock clock)
{
    internal const string Given = "account.admin_given";
    internal const string Taken = "account.admin_taken";

    /// <summary>What is null stays.</summary>
    public sealed record Request(bool? IsActive, bool? IsStaff);

    public Task<Outcome<AdminPerson>> Handle(Actor actor, long person, Request request) => store.Write<AdminPerson>(async tx =>
    {
        // load. Two who take each other's administration away at once: the second waits here, and is none any more.
        if (!(await AdministratorRows.Hold(tx)).Contains(actor.Id))
            return new Refusals.NotAllowed();
        if (await AccountRows.Hold(tx, person) is not { } account)
            return new Refusals.NotFound();

        // decide
        var (active, staff) = (request.IsActive ?? account.IsActive == 1, request.IsStaff ?? account.IsStaff == 1);
        var changes = (Active: active != (account.IsActive == 1), Staff: staff != (account.IsStaff == 1));
        if (person == actor.Id && (changes.Active || changes.Staff))
            return new Refusals.Invalid(changes.Active ? "is_active" : "is_staff", "You can't change this of your own account. Ask another administrator.");

        // save
        var now = clock.GetCurrentInstant();
        await AdministratorRows.Set(tx, person, active, staff);
        if (changes.Active && !active)
        {
            await SignInRows.EndAll(tx, person, null, now);
            await ApiKeyRows.EndAll(tx, person, now);
        }

        await tx.Note(actor, now, [.. Notes(person, changes, active, staff)]);
        return AdminPerson.Of((await PeopleList.Find(tx, person))!);
    });

    private static IEnumerable<AuditRows.Note> Notes(long person, (bool Active, bool Staff) changes, bool active, bool staff)
    {
        if (changes.Active)
            yield return Trail.Account(active ? "account.activated" : "account.deactivated", person);
        if (changes.Staff)
            yield return Trail.Account(staff ? Given : Taken, person);
    }
}
