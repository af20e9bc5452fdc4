using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// Everybody with an account.
public sealed class ListPeople(Store store)
{
    public sealed record Request(bool? IsActive, bool? IsStaff, PageRequest Page);

    public Task<Outcome<Listed<AdminPerson>>> Handle(Request request) =>
        request.Page.Read(store, (tx, slice) => PeopleList.List(tx, new PeopleList.Filter(request.IsActive, request.IsStaff), slice), AdminPerson.Of);
}
