using System.Data;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Convene.Server.Storage;

/// How values travel between C# and both databases.
public static class Mapping
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.ConnectionStringComparer = new OneOfEachEngine();
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new ArrayHandler<long>());
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
    }

    /// How rows are read is found out once for each engine, whatever file or database they come from, and however it was opened: all have the same schema.
    private sealed class OneOfEachEngine : IEqualityComparer<string>
    {
        public bool Equals(string? one, string? other) => IsFile(one) == IsFile(other);

        public int GetHashCode(string of) => IsFile(of) ? 1 : 0;

        // As Microsoft.Data.Sqlite writes it.
        private static bool IsFile(string? connection) => connection?.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// Instants are Unix milliseconds.
    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override void SetValue(IDbDataParameter parameter, Instant value) => parameter.Value = value.ToUnixTimeMilliseconds();

        public override Instant Parse(object value) => Instant.FromUnixTimeMilliseconds(Convert.ToInt64(value));
    }

    /// A list in one parameter: PostgreSQL has arrays, SQLite reads JSON (see Sqlite.Sql).
    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override void SetValue(IDbDataParameter parameter, T[]? value) =>
            parameter.Value = parameter is SqliteParameter ? JsonSerializer.Serialize(value) : value;

        public override T[]? Parse(object value) => (T[]?)value;
    }
}
