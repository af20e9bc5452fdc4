using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Features.Admin;
using Convene.Server.Storage;
using Convene.Server.Storage.Engines;
using Convene.Server.Tests.Peers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// What the house promises about its database.
public sealed class StorageStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_restart_loses_nothing(string engine)
    {
        var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var made = await ana.Book("Kept", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        house = await house.Reopen();
        var again = house.Somebody().As(ana);
        (await again.Get($"/api/meetings/{made.Id}/")).ShouldBe(200, "the token is good after a restart: the signing key is kept")["title"]!.ToString().ShouldBe("Kept");
        (await house.DeliverMail()).ShouldBe(2, "the confirmation and the invitation are still owed");
        await house.DisposeAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_older_database_is_brought_up_to_date_and_one_that_is_too_new_refused(string engine)
    {
        await using var database = await Database.New(engine);
        await SchemaSteps.Apply(database.Engine, 2);
        (await Steps(database.Engine)).ShouldBe([1, 2]);
        await database.Engine.Write(async tx => (await PeopleRows.Add(tx, "old@example.com", "Old", null, TestHouse.Start), true), CancellationToken.None);

        await SchemaSteps.Apply(database.Engine, int.MaxValue);
        (await Steps(database.Engine)).ShouldBe(Written());
        (await database.Engine.Read(tx => PeopleRows.ByEmail(tx, ["old@example.com"]), default)).Count.ShouldBe(1);

        await database.Engine.Write(async tx => (await tx.Execute("INSERT INTO schema_steps (number, name, works_from) VALUES (99, 'from the future', 99)"), true), CancellationToken.None);
        var refusal = await Should.ThrowAsync<SettingsException>(() => SchemaSteps.Apply(database.Engine, int.MaxValue));
        refusal.Message.ShouldContain("made by a newer Convene: its schema is at step 99");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nodes_that_start_together_on_an_empty_database_agree_on_schema_and_key(string engine)
    {
        await using var database = await Database.New(engine);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SchemaSteps.Apply(database.Engine, int.MaxValue)));
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => database.Engine.Write(async tx => (await SigningKeyRows.Ensure(tx, "jwt", $"key {i}", TestHouse.Start), true), CancellationToken.None)));
        keys.Distinct().Count().ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task However_much_is_written_the_log_beside_the_database_stays_small_and_what_was_written_is_there(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var store = house.Services.GetRequiredService<Store>();
        var letter = new string('x', 100_000);
        var wal = new FileInfo(Path.Combine(house.Folder, "convene.db-wal"));
        // Some 200 MB. Unless it begins anew in between, the log has them all.
        for (var n = 0; n < 200; n++)
        {
            await store.WriteAlways(tx => tx.InsertMany("letters", "kind, subject, body, created_at", [.. Enumerable.Range(0, 10).Select(_ => new object?[] { "test", "", letter, TestHouse.Start })]));
            wal.Refresh();
            wal.Length.ShouldBeLessThan(150 << 20);
        }

        (await store.ReadOne(tx => tx.One<long>("SELECT count(*) FROM letters WHERE length(body) = 100000"))).ShouldBe(2_000);
        (await store.Faults()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Most_of_the_log_is_moved_into_the_database_beside_the_writer()
    {
        // The first one chooses SQLite's library, for all of this process.
        await using var first = await Database.New(OnSqliteAttribute.Engine);
        var folder = Directory.CreateTempSubdirectory("convene-");
        var file = Path.Combine(folder.FullName, "convene.db");
        SqliteConnection Open()
        {
            var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            return connection;
        }

        await using (var writer = Open())
        {
            await using var statement = writer.CreateCommand();
            // By itself the writer moves nothing here.
            statement.CommandText = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF; CREATE TABLE letters (body blob);";
            await statement.ExecuteNonQueryAsync();
            statement.CommandText = "INSERT INTO letters VALUES (zeroblob(1000000))";
            await using (var log = new SqliteLog(Open))
            {
                for (var megabytes = 0; megabytes < 80; megabytes++)
                {
                    await statement.ExecuteNonQueryAsync();
                    log.Written(writer);
                }
            }

            new FileInfo(file).Length.ShouldBeGreaterThan(60_000_000);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_disk_did_not_take_once_is_not_acknowledged_later_either()
    {
        var folder = Directory.CreateTempSubdirectory("convene-");
        var log = Path.Combine(folder.FullName, "convene.db-wal");
        async Task<Exception?> Told(SqliteDisk disk)
        {
            var told = new TaskCompletionSource<Exception?>();
            disk.Committed(told.SetResult);
            return await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await using (var disk = new SqliteDisk(log))
        {
            (await Told(disk)).ShouldBeOfType<IOException>().Message.ShouldContain("restart");
            await File.WriteAllTextAsync(log, "there now");
            (await Told(disk)).ShouldBeOfType<IOException>("what was written before may be lost, and this stands on it");
            disk.Failure.ShouldNotBeNull("the writer begins nothing more");
        }

        await using (var disk = new SqliteDisk(log))
            (await Told(disk)).ShouldBeNull();
        folder.Delete(recursive: true);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_refused_or_fails_leaves_nothing_and_harms_no_neighbour(string engine)
    {
        await using var database = await Database.New(engine);
        await SchemaSteps.Apply(database.Engine, int.MaxValue);
        var store = new Store(database.Engine);
        async Task<Outcome<long>> Add(Tx tx, int i)
        {
            var id = await PeopleRows.Add(tx, $"p{i}@example.com", "", null, TestHouse.Start);
            return (i % 3) switch
            {
                0 => id,
                1 => new Refusal.AlreadyCancelled(),
                _ => throw new InvalidOperationException("on purpose"),
            };
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            try
            {
                return (await store.Write(tx => Add(tx, i))).Refusal is null ? "kept" : "refused";
            }
            catch (InvalidOperationException)
            {
                return "failed";
            }
        }));
        outcomes.GroupBy(o => o).ShouldAllBe(g => g.Count() == 20);
        var there = await store.Read(tx => tx.Query<string>("SELECT email FROM people ORDER BY id"));
        there.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 20).Select(i => $"p{3 * i}@example.com").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_with_the_settings_to_check()
    {
        var closed = await Should.ThrowAsync<SettingsException>(() => House.Build(["--urls=http://127.0.0.1:0", "--DATABASE_URL=postgres://x:hunter2@127.0.0.1:1/none"]));
        closed.Message.ShouldContain("DB_HOST");
        closed.Message.ShouldNotContain("hunter2");
        var file = await Should.ThrowAsync<SettingsException>(() => House.Build(["--urls=http://127.0.0.1:0", "--DATABASE_URL=sqlite:/proc/none/convene.db"]));
        file.Message.ShouldContain("DB_NAME");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_history_that_meetings_had_is_told_by_the_audit(string engine)
    {
        await using var database = await Database.New(engine);
        await SchemaSteps.Apply(database.Engine, 7);
        var (from, to) = (Instant.FromUtc(2030, 3, 5, 10, 0), Instant.FromUtc(2030, 3, 5, 11, 0));
        await database.Engine.Write(
            async tx =>
            {
                var ana = await PeopleRows.Add(tx, "ana@example.com", "Ana", null, TestHouse.Start);
                const string Uuid = "01a1fdc6-ca79-7093-bd89-ba58b959df46";
                var kickoff = new EntryRows.New(Uuid, ana, "Kickoff", "", "", MeetingStatus.Scheduled, new EntryRows.Times(new TimeRange(from, to), DateTimeZone.Utc), null, null, null, ParticipantsMayEdit: false);
                var meeting = (await EntryRows.Add(tx, [kickoff], TestHouse.Start))[Uuid];
                await tx.Execute(
                    """
                    INSERT INTO entry_changes (entry_id, person_id, kind, old_start, old_end, new_start, new_end, reason, created_at)
                    VALUES (@meeting, @ana, 'extended', @from, @to, @from, @later, 'More to say', @from), (@meeting, @ana, 'cancelled', @from, @later, NULL, NULL, '', @to)
                    """,
                    new { meeting, ana, from, to, later = to + Duration.FromMinutes(30) });
                return (true, true);
            },
            default);
        await SchemaSteps.Apply(database.Engine, int.MaxValue);
        var rows = await database.Engine.Read(tx => AuditRows.Times(tx, "01a1fdc6-ca79-7093-bd89-ba58b959df46"), default);
        rows.Select(r => $"{r.Kind} {r.ActorEmail} {r.OldValues} {r.NewValues} {r.Reason} {r.At}").ShouldBe(
        [
            """meeting.cancelled ana@example.com {"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:30:00Z"} {"status":"cancelled"}  2030-03-05T11:00:00Z""",
            """meeting.extended ana@example.com {"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:00:00Z"} {"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:30:00Z"} More to say 2030-03-05T10:00:00Z""",
        ]);
    }

    [Theory, OnPostgres]
    public async Task A_step_that_waits_for_a_table_never_ends_a_request_that_it_keeps_waiting(string engine)
    {
        await using var database = await Database.New(engine);
        await SchemaSteps.Apply(database.Engine, 29);
        var applied = Task.CompletedTask;
        await database.Engine.Read(
            async tx =>
            {
                await tx.Query<long>("SELECT id FROM entries");
                applied = SchemaSteps.Apply(database.Engine, 30);
                // Until the step has waited for the entries for longer than the database takes to look for circles, or has given up for now.
                for (var waited = false; ;)
                {
                    var waits = await database.Engine.ReadOne(
                        other => other.Query<bool>("SELECT waitstart < clock_timestamp() - interval '1.1 seconds' FROM pg_locks WHERE NOT granted AND relation = 'entries'::regclass AND waitstart IS NOT NULL"), default);
                    if (waits.Contains(true) || (waited && waits.Count == 0))
                        break;
                    waited |= waits.Count > 0;
                }

                return (await tx.Query<long>("SELECT id FROM people")).Count;
            },
            default);
        await applied;
        (await Steps(database.Engine)).Max().ShouldBe(30);
    }

    [Theory, OnPostgres]
    public async Task Whoever_asks_when_people_are_busy_reads_no_table_from_end_to_end(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Hourly", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        var store = house.Services.GetRequiredService<Store>();
        // The same few people meet all the time: the plan for few rows and that for many differ.
        foreach (var (table, changes) in new[]
        {
            ("entries", "'id', 100 + n, 'uuid', 'copy-' || n, 'start_at', 3600000::bigint * n + r.start_at, 'end_at', 3600000::bigint * n + r.end_at"),
            ("participants", "'id', 100 + n, 'entry_id', 100 + n"),
            ("busy", "'entry_id', 100 + n, 'start_at', 3600000::bigint * n + r.start_at, 'end_at', 3600000::bigint * n + r.end_at"),
        })
            await store.WriteAlways(tx => tx.Execute($"INSERT INTO {table} SELECT c.* FROM {table} r, generate_series(1, 5000) AS n, jsonb_populate_record(r, jsonb_build_object({changes})) AS c"));
        await store.WriteAlways(tx => tx.Execute("ANALYZE entries, participants, busy"));

        var eve = await house.SignUp("eve");
        var (before, after) = await store.Read(async tx =>
        {
            var whole = await Scanned(tx);
            var day = new TimeRange(Instant.FromUtc(2030, 3, 10, 0, 0), Instant.FromUtc(2030, 3, 11, 0, 0));
            (await BusyTimes.Overlapping(tx, [ana.Id], day, eve.Id)).Count.ShouldBe(24);
            return (whole, await Scanned(tx));
        });
        after.ShouldBe(before);

        static Task<long> Scanned(Tx tx) =>
            tx.One<long>("SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_xact_user_tables WHERE relname IN ('participants', 'entries', 'busy')");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whatever_becomes_of_a_meeting_it_is_found_by_those_whose_it_is(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var made = await ana.Book("Found", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        var path = $"/api/meetings/{made.Id}/";
        var invitation = path + $"participants/{made["participants"]![0]!["id"]}/status/";
        await IsFound("when it is on");
        (await ben.Patch(invitation, new { status = "declined" })).ShouldBe(200);
        await IsFound("when it is declined");
        (await ben.Patch(invitation, new { status = "accepted" })).ShouldBe(200);
        await IsFound("when it is accepted after all");
        (await ana.Patch(path, new { start_time = "2030-03-06T10:00:00Z", end_time = "2030-03-06T11:00:00Z" })).ShouldBe(200);
        await IsFound("when it has moved");
        (await ana.Post(path + "cancel/")).ShouldBe(200);
        await IsFound("when it is cancelled");

        async Task IsFound(string when)
        {
            foreach (var who in (Caller[])[ana, ben])
            {
                (await who.Get(path)).ShouldBe(200, when);
                (await who.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Select(m => $"{m!["title"]}").ShouldBe(["Found"], when);
            }

            (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0, when);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Entries_of_the_version_before_are_found_by_those_whose_they_are_and_keep_them_in_the_store(string engine)
    {
        const string Entry = "INSERT INTO entries (id, uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, created_at, updated_at) "
            + "VALUES (@id, @uuid, 'meeting', @host, 'Old', '', '', 'scheduled', 'UTC', '', '', '', @start, @end, 0, 0)";
        const string Participant = "INSERT INTO participants (entry_id, person_id, name, role, status, invited_at) VALUES (@id, @guest, '', 'attendee', 'pending', 0)";
        const string Busy = "INSERT INTO busy (person_id, start_at, end_at, entry_id) VALUES (@host, @start, @end, @id), (@guest, @start, @end, @id)";
        await using var database = await Database.New(engine);
        await SchemaSteps.Apply(database.Engine, 30);
        var (host, guest) = await database.Engine.Write(
            async tx => ((await PeopleRows.Add(tx, "host@example.com", "", null, TestHouse.Start), await PeopleRows.Add(tx, "guest@example.com", "", null, TestHouse.Start)), true), default);
        await Add(1);
        await SchemaSteps.Apply(database.Engine, int.MaxValue);
        // Beside the new one it goes on.
        await Add(2);

        foreach (var viewer in (long[])[host, guest])
        {
            var seen = await database.Engine.Read(tx => EntryRows.List(tx, new EntryRows.Filter { Viewer = viewer, Limit = 10 }), default);
            seen.Entries.Select(e => e.Id).ShouldBe([1, 2]);
            await Should.ThrowAsync<DbException>(() => database.Engine.Write(
                async tx =>
                {
                    await tx.Execute("DELETE FROM calendars WHERE person_id = @viewer", new { viewer });
                    return (await tx.Execute("DELETE FROM people WHERE id = @viewer", new { viewer }), true);
                },
                default));
        }

        // What would look through whole tables whenever somebody is removed.
        (await database.Engine.Read(tx => tx.Query<string>(engine == OnSqliteAttribute.Engine
            ? "SELECT t.name FROM (SELECT 'entries' AS name UNION SELECT 'participants') t JOIN pragma_foreign_key_list(t.name) f WHERE f.\"table\" = 'people'"
            : "SELECT conname FROM pg_constraint WHERE contype = 'f' AND confrelid = 'people'::regclass AND conrelid IN ('entries'::regclass, 'participants'::regclass)"), default)).ShouldBeEmpty();

        Task Add(long id) => database.Engine.Write(
            async tx =>
            {
                var row = new { id, uuid = $"{id}", host, guest, start = id * 3_600_000, end = (id * 3_600_000) + 1 };
                foreach (var sql in (string[])[Entry, Participant, Busy])
                    await tx.Execute(sql, row);
                return (0, true);
            },
            default);
    }

    /// The numbers of the steps that there are files for.
    private static IEnumerable<long> Written() =>
        Directory.GetFiles(Path.Combine(Repository.Root(), "src/Server/Storage/Schema")).Select(f => long.Parse(Path.GetFileName(f)[..4])).Distinct().Order();

    private static Task<IReadOnlyList<long>> Steps(Engine engine) => engine.Read(tx => tx.Query<long>("SELECT number FROM schema_steps ORDER BY number"), default);

    /// An empty database without a house around it.
    private sealed class Database(Engine engine, DirectoryInfo folder) : IAsyncDisposable
    {
        public Engine Engine => engine;

        public static async Task<Database> New(string engine)
        {
            Mapping.Register();
            var folder = Directory.CreateTempSubdirectory("convene-");
            return new Database(engine == OnPostgresAttribute.Engine ? new Postgres(await PostgresServer.NewDatabase()) : new Sqlite(Path.Combine(folder.FullName, "x.db")), folder);
        }

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
