using Convene.Server.Features.ExternalCalendars;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Recurrence;
using Convene.Server.Features.Repeats;
using Convene.Server.Tests.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests;

/// A whole Convene on a free port with a database of its own, driven through its doors. Time stands still, mail is sent when a story says so.
public sealed class TestHouse : IAsyncDisposable
{
    /// Monday. Far in the future, so that no wall clock ever reaches it.
    public static readonly Instant Start = Instant.FromUtc(2030, 3, 4, 9, 0);

    private readonly WebApplication app;
    private readonly DirectoryInfo folder;
    private readonly string[] args;

    private TestHouse(WebApplication app, TestClock clock, DirectoryInfo folder, string[] args)
    {
        this.app = app;
        this.folder = folder;
        this.args = args;
        Clock = clock;
        Url = new Uri(app.Urls.First());
    }

    public TestClock Clock { get; }

    public Uri Url { get; }

    public string Folder => folder.FullName;

    /// The arguments it was started with: another process on the same database is another node.
    public IReadOnlyList<string> Arguments => args;

    public IServiceProvider Services => app.Services;

    /// <param name="settings">More settings, as NAME=value.</param>
    public static async Task<TestHouse> Open(string engine, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("convene-");
        var database = await FirstDay.New(engine, folder.FullName);
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--DATABASE_URL={database}", $"--DATA_DIR={folder.FullName}", "--PUBLIC_URL=http://convene.example.com",
            "--RUN_JOBS=false", "--PASSWORD_ITERATIONS=1000", .. settings.Select(s => $"--{s}"),
        ];
        return await Launch(args, new TestClock(Start), folder);
    }

    /// The same database and files, as after a restart.
    public async Task<TestHouse> Reopen()
    {
        await app.DisposeAsync();
        return await Launch(args, Clock, folder);
    }

    /// A second server on the same database.
    public async Task<TestHouse> AnotherNode() => await Launch(args, Clock, folder);

    private static async Task<TestHouse> Launch(string[] args, TestClock clock, DirectoryInfo folder)
    {
        var app = await House.Build(args, clock);
        // No story is told from memory what would not be told without.
        app.Services.GetRequiredService<AnswerFromMemory>().IsDoubted = true;
        await app.StartAsync();
        return new TestHouse(app, clock, folder, args);
    }

    /// A browser or program that nobody is signed in with.
    public Caller Somebody() => new(Url);

    /// A new account with this name, `name@example.com`, signed in by a Bearer token.
    public async Task<Caller> SignUp(string name, string? timezone = null)
    {
        var caller = new Caller(Url) { Email = $"{name}@example.com" };
        var answer = await caller.Post("/api/auth/register/", new { email = caller.Email, username = name, first_name = Capital(name), password = Caller.Password, timezone = timezone ?? "UTC" });
        answer.ShouldBe(201);
        caller.Id = (long)answer["id"]!;
        caller.Bearer((string)answer["access"]!);
        return caller;
    }

    /// Sends all mail that is due now; returns how many were tried.
    public async Task<int> DeliverMail()
    {
        var send = Services.GetRequiredService<SendOwedMail>();
        var tried = 0;
        while (await send.Next(CancellationToken.None))
            tried++;
        return tried;
    }

    /// How many SQL statements the house runs for this.
    public async Task<long> Statements<T>(Func<Task<T>> action)
    {
        var store = Services.GetRequiredService<Convene.Server.Storage.Store>();
        var before = store.Statements;
        await action();
        return store.Statements - before;
    }

    /// Books what has come within the horizon; returns for how many series.
    public async Task<int> ExpandSeries()
    {
        var expand = Services.GetRequiredService<ExpandSeries>();
        var done = 0;
        while (await expand.Handle(CancellationToken.None) > 0)
            done++;
        return done;
    }

    /// Reads the external calendars that are due; returns how many.
    public async Task<int> RefreshCalendars()
    {
        var refresh = Services.GetRequiredService<RefreshDueCalendars>();
        var done = 0;
        while (await refresh.Handle(CancellationToken.None))
            done++;
        return done;
    }

    public Task<int> Remind() => Services.GetRequiredService<RemindOfMeetings>().Handle(CancellationToken.None);

    /// The mails written to the folder so far, read by Python's email package.
    public Task<IReadOnlyList<ReceivedMail>> Mails() => MailReader.Read(Path.Combine(Folder, "outbox"));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Refresh();
        if (folder.Exists)
            folder.Delete(recursive: true);
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
