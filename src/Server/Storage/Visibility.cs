namespace Convene.Server.Storage;

/// Who may see when somebody is busy or free.
public static class Visibility
{
    public const string Everybody = "public";
    public const string SignedIn = "signed_in";

    /// Whoever is in a meeting with them.
    public const string Shared = "shared";
    public const string Nobody = "nobody";

    public static Task Set(Tx tx, long person, string choice) => tx.Execute("UPDATE people SET free_busy = @choice WHERE id = @person", new { person, choice });

    /// What these people have chosen, as far as not everybody may see it.
    public static async Task<IReadOnlyList<(long Id, string Choice)>> Chosen(Tx tx, IEnumerable<long> people) => people.Distinct().ToArray() is { Length: > 0 } asked
        ? await tx.Query<(long Id, string Choice)>("SELECT id, free_busy FROM people WHERE id = ANY(@asked) AND free_busy <> @everybody", new { asked, everybody = Everybody })
        : [];

    /// Of these people those whose time the viewer may not see. A statement only where it depends on the meetings they share.
    /// <param name="viewer">Null: somebody who is not signed in.</param>
    public static async Task<IReadOnlySet<long>> Hidden(Tx tx, IEnumerable<(long Id, string Choice)> choices, long? viewer)
    {
        var hidden = choices.Where(c => c.Id != viewer && (c.Choice is Nobody or Shared || (viewer is null && c.Choice == SignedIn))).ToDictionary(c => c.Id, c => c.Choice);
        var sharing = hidden.Where(c => c.Value == Shared).Select(c => c.Key).ToArray();
        if (viewer is { } known && sharing.Length > 0)
        {
            foreach (var person in await Meeting(tx, sharing, known))
                hidden.Remove(person);
        }

        return hidden.Keys.ToHashSet();
    }

    /// Those who host a meeting that the viewer is in, or have said yes or maybe to one. To be invited by a stranger makes nobody's time visible.
    private static Task<IReadOnlyList<long>> Meeting(Tx tx, long[] people, long viewer) => tx.Query<long>(
        $"""
        SELECT p.id FROM people p
        WHERE p.id = ANY(@people)
          AND (EXISTS (
                SELECT 1 FROM participants v JOIN entries e ON e.id = v.entry_id
                WHERE v.entry_id IN ({EntryRows.IdsOf("@viewer")}) AND v.person_id = @viewer AND e.organizer_id = p.id AND e.kind = 'meeting' AND e.status <> 'cancelled')
            OR EXISTS (
                SELECT 1 FROM participants t JOIN entries e ON e.id = t.entry_id
                WHERE t.entry_id IN ({EntryRows.IdsOf("p.id")}) AND t.person_id = p.id AND t.status IN ('accepted', 'tentative') AND e.kind = 'meeting' AND e.status <> 'cancelled'
                  AND (e.organizer_id = @viewer OR EXISTS (SELECT 1 FROM participants v WHERE v.entry_id = e.id AND v.person_id = @viewer))))
        """,
        new { people, viewer });
}
