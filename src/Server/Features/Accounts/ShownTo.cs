using Convene.Server.Storage;

namespace Convene.Server.Features.Accounts;

/// Who may see when somebody is busy or free.
public enum ShownTo
{
    Everybody,
    SignedIn,

    /// Whoever is in a meeting that they host, or have said yes or maybe to.
    Shared,
    Nobody,
}

public static class ShownToWords
{
    /// As the API writes it.
    public static IReadOnlyDictionary<string, ShownTo> All { get; } = new Dictionary<string, ShownTo>(StringComparer.Ordinal)
    {
        [Visibility.Everybody] = ShownTo.Everybody,
        [Visibility.SignedIn] = ShownTo.SignedIn,
        [Visibility.Shared] = ShownTo.Shared,
        [Visibility.Nobody] = ShownTo.Nobody,
    };

    internal static string Word(this ShownTo shown) => All.Single(w => w.Value == shown).Key;
}
