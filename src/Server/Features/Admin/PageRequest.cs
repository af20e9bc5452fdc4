using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Admin;

/// Which page of a long list, searched and ordered how.
/// <param name="Page">From 1.</param>
public sealed record PageRequest(string? Search, string OrderBy, bool Descending, int Page, int PageSize)
{
    internal Outcome<Slice> Slice()
    {
        var offset = (Page - 1L) * PageSize;
        if (Page < 1 || offset > int.MaxValue)
            return new Refusals.NoSuchPage();
        return new Slice { Search = Search, OrderBy = OrderBy, Descending = Descending, Limit = PageSize, Offset = (int)offset };
    }

    /// Reads the page; one behind the last is refused, as everywhere.
    internal async Task<Outcome<Listed<T>>> Read<TRow, T>(Store store, Func<Tx, Slice, Task<Page<TRow>>> list, Func<TRow, T> of)
    {
        if (!Slice().Is(out var slice, out var refusal))
            return refusal;
        var page = await store.Read(tx => list(tx, slice));
        return page.Rows.Count == 0 && Page > 1 ? new Refusals.NoSuchPage() : new Listed<T>([.. page.Rows.Select(of)], page.Total);
    }
}

/// A page, and how many there are on all pages.
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total);
