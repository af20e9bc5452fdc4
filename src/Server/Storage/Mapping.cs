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
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new ArrayHandler<long>());
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
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
