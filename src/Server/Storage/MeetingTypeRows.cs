namespace Convene.Server.Storage;

public static class MeetingTypeRows
{
    /// The type that keeps time free of meetings.
    public const long FocusTime = 1;

    public sealed class MeetingType
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Description { get; init; } = "";
        public long DefaultDuration { get; init; }
        public string ColorCode { get; init; } = "";
    }

    private const string Select = "SELECT id, name, description, default_duration, color_code FROM meeting_types";

    public static Task<IReadOnlyList<MeetingType>> All(Tx tx) => tx.Query<MeetingType>($"{Select} ORDER BY id");

    public static Task<MeetingType?> Find(Tx tx, long id) => tx.FirstOrDefault<MeetingType>($"{Select} WHERE id = @id", new { id });

    public static Task<long> Add(Tx tx, string name, string description, int minutes, string color) => tx.One<long>(
        "INSERT INTO meeting_types (name, description, default_duration, color_code) VALUES (@name, @description, @minutes, @color) RETURNING id",
        new { name, description, minutes, color });
}
