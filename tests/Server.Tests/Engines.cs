using System.Reflection;
using Convene.Server.Tests.Peers;
using Xunit.Sdk;

namespace Convene.Server.Tests;

/// A story on the embedded database: `[Theory, OnSqlite, OnPostgres]`.
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqliteAttribute : DataAttribute
{
    public const string Engine = "sqlite3";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine]];
}

/// The same story on PostgreSQL.
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public const string Engine = "postgresql";

    public OnPostgresAttribute() => Skip = Peer.SkipUnless(PostgresServer.IsThere, "PostgreSQL", "postgresql");

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine]];
}
