using System.Data.Common;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Convene.Server.Doors;
using Convene.Server.Doors.Clock;
using Convene.Server.Doors.CommandLine;
using Convene.Server.Doors.Pages;
using Convene.Server.Doors.Rest;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Providers;
using Convene.Server.Outside;
using Convene.Server.Outside.Mail;
using Convene.Server.Outside.OpenId;
using Convene.Server.Storage;
using Convene.Server.Storage.Engines;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;
using NodaTime;
using Index = Convene.Server.Features.Index;

namespace Convene.Server;

/// The wiring: settings, storage, features, doors.
public static class House
{
    /// Of the program.
    public static string Version { get; } = typeof(House).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // For requests and the mail in hand, once the server is told to stop and has drained: supervisors kill what takes much longer.
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(30);

    /// <param name="args">The command line; `--urls` and every setting may stand there.</param>
    /// <param name="clock">Null: the machine's.</param>
    public static async Task<WebApplication> Build(string[] args, IClock? clock = null)
    {
        // Settings are read once. To watch their files is to watch the folder, which the database may lie in.
        var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        AddDotEnv(builder.Configuration);
        var settings = Settings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        Listen(builder);
        builder.Logging.AddConsole(o => o.FormatterName = LogLines.FormatName);
        // A request's path and timing are of interest when something is looked for, not in every line.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

#pragma warning disable RS0030 // the one place that picks the clock
        clock ??= SystemClock.Instance;
#pragma warning restore RS0030
        Mapping.Register();
        var engine = await OpenDatabase(settings);
        var key = settings.SigningKey ?? await SharedKey(engine, clock);

        var services = builder.Services;
        services.AddSingleton(new Node($"{Environment.MachineName}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}", clock.GetCurrentInstant()));
        services.AddSingleton<ConsoleFormatter, LogLines>().AddSingleton<Figures>();
        services.AddSingleton(settings).AddSingleton(clock).AddSingleton(new Jwt(key)).AddSingleton(new Seal(key)).AddSingleton(Mailer(settings));
        services.AddSingleton(s => new Adviser(settings.Adviser, s.GetRequiredService<ILogger<Adviser>>()));
        services.AddSingleton(_ => new SafeHttp(settings.OutgoingAllowedNetworks)).AddSingleton<ExternalCalendarsDoor.Fetches>();
        services.AddSingleton(_ => new Provider(settings.Provider is { } provider ? new OpenIdProvider(provider, clock) : null));
        // By a factory, so that it is closed with the house.
        services.AddSingleton(_ => engine).AddSingleton<Store>().AddSingleton<PeopleTimes>().AddSingleton<MailBell>().AddSingleton<Authentication>().AddSingleton<Visitors>().AddSingleton<WriteLimit>();
        Index.Add(services);
        services.AddHostedService<LiveClock>().AddHostedService<SeenClock>();
        if (settings.RunJobs)
            services.AddHostedService<MailClock>().AddHostedService<MinuteClock>().AddHostedService<CalendarClock>();
        services.AddHostedService<ClaimNotice>().AddHostedService<Drain>().AddHostedService<Breakdown>().AddHostedService<Supervisor>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.Drain + TimeToFinish);
        if (settings.Otlp is { } otlp)
            services.AddHostedService<FiguresClock>().AddSingleton(s => new Telemetry(otlp, Version, s.GetRequiredService<Node>().Id));
        services.AddCors(o => o.AddDefaultPolicy(p => p
            .WithOrigins([.. settings.CorsOrigins]).AllowAnyHeader().AllowAnyMethod().AllowCredentials()
            .WithExposedHeaders("X-Total-Count", "Link", "Content-Disposition", "ETag", Requests.Header, Repeats.Replayed)));
        ApiDescription.AddServices(services);

        var app = builder.Build();
        TrustProxies(app, settings);
        Requests.Use(app);
        BrowserRules.Use(app);
        app.UseCors();
        LoadShedding.Use(app);
        Faults.Use(app);
        Routes.Map(app);
        HealthDoor.Map(app);
        MetricsDoor.Map(app);
        ApiDescription.Map(app);
        PagesDoor.Map(app);
        if (settings.Otlp is not null)
            app.Services.GetRequiredService<Telemetry>();
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, engine));
        return app;
    }

    /// What is set, without starting anything.
    public static Settings ReadSettings(string[] args) => Settings.Read(Configuration(args), development: false);

    /// The same, as it was written.
    public static IConfiguration Configuration(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        AddDotEnv(builder.Configuration);
        return builder.Configuration;
    }

    /// Behind a proxy every request comes from the proxy; who asked it, and whether by TLS, is taken from its word, and from nobody else's.
    private static void TrustProxies(WebApplication app, Settings settings)
    {
        if (settings.TrustedProxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// `.env` stands between appsettings.json and the real environment.
    private static void AddDotEnv(ConfigurationManager configuration)
    {
        var source = new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = DotEnv.Read(".env") };
        var environment = configuration.Sources.TakeWhile(s => s is not Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource { Prefix: null or "" }).Count();
        configuration.Sources.Insert(environment, source);
    }

    private static void Listen(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(Settings.DefaultUrl);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            // Clients send names and cookies in many encodings; none of them is a reason for an answer without words.
            k.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            k.Limits.MaxRequestBodySize = Door.LargestDiscarded;
        });
    }

    private static async Task<Engine> OpenDatabase(Settings settings)
    {
        Engine? engine = null;
        try
        {
            engine = settings.SqliteFile is { } file ? new Sqlite(file) : new Postgres(settings.PostgresConnection!, settings.DatabasePoolSize);
            await SchemaSteps.Apply(engine, int.MaxValue);
            return engine;
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"Convene can't use its database ({engine?.Description ?? settings.SqliteFile}): {e.Message}\n"
                + (settings.SqliteFile is null
                    ? "Check DATABASE_URL, or DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, and that PostgreSQL is running."
                    : "Check DATABASE_URL or DB_NAME (the file), and that its folder can be written to."));
        }
    }

    /// Made at first start; every node on this database signs with it.
    private static Task<string> SharedKey(Engine engine, IClock clock) => engine.Write(
        async tx => (await SigningKeyRows.Ensure(tx, "jwt", RandomNumberGenerator.GetHexString(64, lowercase: true), clock.GetCurrentInstant()), true),
        CancellationToken.None);

    private static Mailer Mailer(Settings settings) => settings.Smtp is { } smtp
        ? new SmtpMailer(settings.MailFrom, settings.PublicUrl.Host, smtp)
        : new FolderMailer(settings.MailFrom, settings.PublicUrl.Host, settings.MailFolder);

    private static void Announce(WebApplication app, Engine engine)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Convene");
        log.LogInformation("Convene runs on {Urls}", string.Join(", ", app.Urls));
        log.LogInformation("Database: {Database}. Mail: {Mail}.", engine.Description, app.Services.GetRequiredService<Mailer>().Description);
    }
}
