namespace Convene.Server.Features.Slots;

/// Who a search is for, by numbers and by addresses, and who of them must come.
public sealed class Invited
{
    private readonly HashSet<long> requiredIds;
    private readonly HashSet<string> requiredEmails;

    private Invited(Names all, Names required, int? quorum)
    {
        (Ids, Emails, Quorum) = ([.. all.Ids.Distinct()], [.. all.Emails.Distinct(StringComparer.Ordinal)], quorum);
        (requiredIds, requiredEmails) = ([.. required.Ids], required.Emails.ToHashSet(StringComparer.Ordinal));
        AllMustCome = Ids.All(MustCome) && Emails.All(MustCome);
    }

    /// Numbers, and addresses in lower case.
    public sealed record Names(IReadOnlyList<long> Ids, IReadOnlyList<string> Emails)
    {
        public static Names None { get; } = new([], []);

        public int Count => Ids.Count + Emails.Count;

        public Names With(Names more) => new([.. Ids, .. more.Ids], [.. Emails, .. more.Emails]);

        public Names Without(Names others) => new([.. Ids.Except(others.Ids)], [.. Emails.Except(others.Emails, StringComparer.Ordinal)]);

        public Names Also(Names others) => new([.. Ids.Intersect(others.Ids)], [.. Emails.Intersect(others.Emails, StringComparer.Ordinal)]);
    }

    public IReadOnlyList<long> Ids { get; }

    public IReadOnlyList<string> Emails { get; }

    public int? Quorum { get; }

    public bool AllMustCome { get; }

    /// Everybody named must come, but the optional ones; with a quorum, only the required ones.
    public static Invited Of(Names named, Names required, Names optional, int? quorum) =>
        new(named.With(required).With(optional), quorum is null ? named.Without(optional).With(required) : required, quorum);

    public bool MustCome(long id) => requiredIds.Contains(id);

    public bool MustCome(string email) => requiredEmails.Contains(email);
}
