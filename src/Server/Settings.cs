using System.Globalization;
using System.Net;
using System.Net.Mail;
using NodaTime;
using Npgsql;

namespace Convene.Server;

/// Every setting, its default and its limits. Read once at start from the environment, `.env`, appsettings.json and the command line;
/// what is wrong is told all at once, each with a right value.
public sealed partial record Settings
{
    public const string DefaultUrl = "http://localhost:8000";
    public const long Megabyte = 1024 * 1024;

    public required string DataFolder { get; init; }

    /// Exactly one of the two is set.
    public string? SqliteFile { get; init; }
    public string? PostgresConnection { get; init; }

    /// Connections to PostgreSQL at most, of this process: all nodes together must stay below the server's max_connections.
    public required int DatabasePoolSize { get; init; }

    /// Null: mail is written to DataFolder/outbox instead of being sent.
    public SmtpSettings? Smtp { get; init; }

    /// Whether a new account's address is its own only once it is verified, also if nobody was invited by it before. Only where mail is really sent.
    public required bool VerifiedAddressesOnly { get; init; }
    public required MailAddress MailFrom { get; init; }
    public string MailFolder => Path.Combine(DataFolder, "outbox");

    /// What calendar programs answer to, with a tag behind "+"; null: they answer to the host.
    public MailAddress? InboundMailAddress { get; init; }

    /// What a mail server shows that hands in mail; null: none is taken in.
    public string? InboundMailSecret { get; init; }

    /// Whether the mail server lets nobody write in somebody else's name, so that From proves who sent it.
    public required bool InboundMailSendersChecked { get; init; }

    /// What links in mails begin with; no slash at the end.
    public required Uri PublicUrl { get; init; }
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// Whose word on where a request came from (X-Forwarded-For), and whether by TLS (X-Forwarded-Proto), is taken.
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// Null: made at first start and kept in the database.
    public string? SigningKey { get; init; }
    public required Duration AccessTokenLife { get; init; }
    public required Duration RefreshTokenLife { get; init; }

    /// Of opaque tokens (`Authorization: Token`).
    public required Duration TokenLife { get; init; }
    public required Duration SessionLife { get; init; }
    public required int PasswordIterations { get; init; }
    public required AccountLimits Accounts { get; init; }

    /// CONTRACT §7.5: by default a start in the past is accepted with a warning.
    public required bool RefusePastStarts { get; init; }

    /// find-slots is open to all; who is not signed in may ask so often, by address.
    public required int AnonymousSearchesPerMinute { get; init; }
    /// Null: nobody signs in by a provider.
    public ProviderSettings? Provider { get; init; }

    /// Null: suggestions are made without a language model.
    public AdviserSettings? Adviser { get; init; }

    /// How long the audit is kept; 0: for ever.
    public required int AuditDays { get; init; }

    /// How long the log of mails is kept once they are sent or given up; 0: for ever.
    public required int MailDays { get; init; }

    /// How long meetings and events are kept after they are over; 0: for ever.
    public required int PastMeetingDays { get; init; }

    /// How long logins that ended, expired tokens and counted failures are kept.
    public required int SignInDays { get; init; }

    /// Of live updates: how often a silent connection is kept awake, and its sign-in looked at again.
    public required Duration LiveHeartbeat { get; init; }
    public required int ReminderMinutes { get; init; }

    /// How far ahead the occurrences of a series are booked; a job keeps it so.
    public required int SeriesHorizonMonths { get; init; }

    /// Networks that URLs which people give may lead into, although they are not public.
    public required IReadOnlyList<IPNetwork> OutgoingAllowedNetworks { get; init; }

    /// How often calendars that lie elsewhere are read.
    public required Duration ExternalCalendarEvery { get; init; }

    /// After so long without an answer a calendar is unreachable.
    public required Duration ExternalCalendarUnreachable { get; init; }

    /// Bytes of one file at most.
    public required long AttachmentBytes { get; init; }
    public required int AttachmentsPerMeeting { get; init; }
    public required long AttachmentBytesPerMeeting { get; init; }

    /// Bytes of a calendar file that is imported, at most.
    public required long ImportBytes { get; init; }

    /// Whether this process sends mail and reminders (every node may: each message is claimed by one).
    public required bool RunJobs { get; init; }

    public sealed record SmtpSettings(string Host, int Port, bool StartTls, string? User, string? Password, bool ImplicitTls = false);

    public sealed record AdviserSettings(Uri BaseUrl, string? Key, string Model, TimeSpan TimeLimit);

    public static Settings Read(IConfiguration configuration, bool development)
    {
        var read = new Reader(configuration);
        var data = read.Text("DATA_DIR") ?? "data";
        var (sqlite, postgres) = read.Database(data);
        var (inboundAddress, inboundSecret) = read.InboundMail();
        var settings = new Settings
        {
            DataFolder = data,
            SqliteFile = sqlite,
            PostgresConnection = postgres,
            DatabasePoolSize = read.Number("DB_POOL_SIZE", 30, 2, 1_000),
            Smtp = read.Smtp(),
            VerifiedAddressesOnly = read.Switch("VERIFIED_ADDRESSES_ONLY", false),
            MailFrom = read.Address("DEFAULT_FROM_EMAIL", "Convene <noreply@convene.localhost>"),
            PublicUrl = read.Url("PUBLIC_URL", OwnUrl(configuration)),
            InboundMailAddress = inboundAddress,
            InboundMailSecret = inboundSecret,
            InboundMailSendersChecked = read.Switch("INBOUND_MAIL_SENDERS_CHECKED", false),
            CorsOrigins = read.Origins("CORS_ORIGINS", development ? "http://localhost:3000,http://127.0.0.1:3000" : ""),
            TrustedProxies = read.Networks("TRUSTED_PROXIES"),
            AuditDays = read.Number("AUDIT_DAYS", 0, 0, 36_500),
            MailDays = read.Number("MAIL_DAYS", 0, 0, 36_500),
            PastMeetingDays = read.Number("PAST_MEETING_DAYS", 0, 0, 36_500),
            SignInDays = read.Number("SIGN_IN_DAYS", 30, 1, 36_500),
            SigningKey = read.Secret("SIGNING_KEY"),
            AccessTokenLife = Duration.FromMinutes(read.Number("ACCESS_TOKEN_MINUTES", 360, 1, 10_080)),
            RefreshTokenLife = Duration.FromMinutes(read.Number("REFRESH_TOKEN_MINUTES", 1_440, 1, 525_600)),
            TokenLife = Duration.FromDays(read.Number("TOKEN_DAYS", 365, 1, 36_500)),
            SessionLife = Duration.FromDays(read.Number("SESSION_DAYS", 14, 1, 365)),
            // OWASP's figure for PBKDF2 with HMAC-SHA512.
            PasswordIterations = read.Number("PASSWORD_ITERATIONS", 210_000, 1_000, 10_000_000),
            Accounts = AccountLimits.Read(read.Number, read.Problems),
            RefusePastStarts = read.Switch("REFUSE_PAST_STARTS", false),
            AnonymousSearchesPerMinute = read.Number("ANONYMOUS_SEARCHES_PER_MINUTE", 600, 1, 10_000_000),
            Provider = ProviderSettings.Read(read.Text, read.Problems, read.Switch("OIDC_SIGN_UP", true), read.Networks("OIDC_ALLOWED_NETWORKS")),
            Adviser = read.Adviser(),
            LiveHeartbeat = Duration.FromSeconds(read.Number("LIVE_HEARTBEAT_SECONDS", 15, 1, 300)),
            ReminderMinutes = read.Number("REMINDER_MINUTES", 30, 0, 40_320),
            SeriesHorizonMonths = read.Number("SERIES_HORIZON_MONTHS", 24, 1, 120),
            OutgoingAllowedNetworks = read.Networks("OUTGOING_ALLOWED_NETWORKS"),
            ExternalCalendarEvery = Duration.FromMinutes(read.Number("EXTERNAL_CALENDAR_MINUTES", 15, 1, 1_440)),
            ExternalCalendarUnreachable = Duration.FromHours(read.Number("EXTERNAL_CALENDAR_UNREACHABLE_HOURS", 24, 1, 720)),
            AttachmentBytes = Megabyte * read.Number("ATTACHMENT_MB", 10, 1, 1_000),
            AttachmentsPerMeeting = read.Number("ATTACHMENTS_PER_MEETING", 20, 0, 1_000),
            AttachmentBytesPerMeeting = Megabyte * read.Number("ATTACHMENTS_PER_MEETING_MB", 50, 1, 10_000),
            ImportBytes = Megabyte * read.Number("IMPORT_MB", 5, 1, 30),
            RunJobs = read.Switch("RUN_JOBS", true),
            MetricsToken = read.MetricsToken(),
            Otlp = read.Otlp(),
            LogJson = read.LogJson(),
            LogRequests = read.Switch("LOG_REQUESTS", false),
            MostRequests = read.Number("MOST_REQUESTS", 256, 1, 100_000),
            Drain = TimeSpan.FromSeconds(read.Number("DRAIN_SECONDS", 0, 0, 600)),
        };
        // The framework's own switch, as ASPNETCORE_FORWARDEDHEADERS_ENABLED: it believes whoever asks.
        if (read.Switch("FORWARDEDHEADERS_ENABLED", false))
            read.Problems.Add("ASPNETCORE_FORWARDEDHEADERS_ENABLED is true: then anybody could say where they come from. Leave it out, and name the proxies in TRUSTED_PROXIES.");
        if (read.Problems.Count > 0)
            throw new SettingsException("Convene can't start with these settings:\n" + string.Join('\n', read.Problems.Select(p => "  - " + p)));
        return settings;
    }

    /// Without a public address links lead to where this process listens, as seen from the same machine.
    internal static string OwnUrl(IConfiguration configuration)
    {
        var first = (configuration["urls"] ?? (configuration["http_ports"] is { } port ? $"http://localhost:{port}" : DefaultUrl)).Split(';')[0];
        foreach (var any in (string[])["*", "+", "0.0.0.0", "[::]"])
            first = first.Replace($"//{any}", "//localhost", StringComparison.Ordinal);
        return Uri.IsWellFormedUriString(first, UriKind.Absolute) ? first : DefaultUrl;
    }

    private sealed partial class Reader(IConfiguration configuration)
    {
        private const string Postgresql = "postgresql";
        private const string Sqlite3 = "sqlite3";
        private const int LeastInboundSecret = 16;

        public List<string> Problems { get; } = [];

        public string? Text(string name) => configuration[name]?.Trim() is { Length: > 0 } text ? text : null;

        public int Number(string name, int standard, int least, int most)
        {
            if (Text(name) is not { } text)
                return standard;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            Problems.Add($"{name} is '{text}'. It takes a whole number from {least} to {most}; the default is {standard}.");
            return standard;
        }

        public bool Switch(string name, bool standard)
        {
            switch (Text(name)?.ToLowerInvariant())
            {
                case null: return standard;
                case "true" or "1" or "yes" or "on": return true;
                case "false" or "0" or "no" or "off": return false;
                case var text:
                    Problems.Add($"{name} is '{text}'. It takes true or false; the default is {(standard ? "true" : "false")}.");
                    return standard;
            }
        }

        public string? Secret(string name)
        {
            const int Least = 32;
            var text = Text(name);
            if (text is not null && text.Length < Least)
                Problems.Add($"{name} is too short. It takes at least {Least} characters, for example the output of `openssl rand -hex 32`; without it Convene makes one.");
            return text;
        }

        public (MailAddress? Address, string? Secret) InboundMail()
        {
            var secret = Text("INBOUND_MAIL_SECRET");
            if (secret is { Length: < LeastInboundSecret })
                Problems.Add($"INBOUND_MAIL_SECRET is too short. It takes at least {LeastInboundSecret} characters, for example the output of `openssl rand -hex 32`.");
            if (Text("INBOUND_MAIL_ADDRESS") is not { } text)
                return (null, secret);
            var fits = MailAddress.TryCreate(text, out var address) && address.User.Length <= Features.Mail.ReplyAddress.LongestName && !address.User.Contains('+') && address.User.All(char.IsAscii);
            if (!fits)
                Problems.Add($"INBOUND_MAIL_ADDRESS is '{text}'. It takes an address such as reply@meet.example.com, with at most {Features.Mail.ReplyAddress.LongestName} characters before the @ and no + among them.");
            if (secret is null)
                Problems.Add("INBOUND_MAIL_SECRET is missing: without it nothing that comes to INBOUND_MAIL_ADDRESS can be taken in. It takes what the mail server is to show, for example the output of `openssl rand -hex 32`.");
            return (fits ? address : null, secret);
        }

        public MailAddress Address(string name, string standard)
        {
            if (MailAddress.TryCreate(Text(name) ?? standard, out var address))
                return address;
            Problems.Add($"{name} is '{Text(name)}'. It takes an e-mail address such as noreply@example.com or \"Convene <noreply@example.com>\".");
            return new MailAddress(standard);
        }

        public Uri Url(string name, string standard, string example = "the address that people open in the browser, such as https://meet.example.com")
        {
            var text = (Text(name) ?? standard).TrimEnd('/');
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0)
                return url;
            Problems.Add($"{name} is '{text}'. It takes {example}.");
            return new Uri(standard);
        }

        public AdviserSettings? Adviser()
        {
            var (key, model) = (Text("OPENAI_API_KEY"), Text("OPENAI_MODEL"));
            // A name of a model, since a key or an address may lie in the environment for other programs.
            if (model is null)
                return null;
            return new AdviserSettings(
                Url("OPENAI_BASE_URL", "https://api.openai.com/v1"), key, model, TimeSpan.FromSeconds(Number("OPENAI_TIMEOUT_SECONDS", 8, 1, 120)));
        }

        public IReadOnlyList<string> Origins(string name, string standard)
        {
            var origins = (Text(name) ?? standard).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var origin in origins)
            {
                if (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.GetLeftPart(UriPartial.Authority) != origin || url.Scheme is not ("http" or "https"))
                    Problems.Add($"{name} has '{origin}'. It takes origins separated by commas, such as https://app.example.com (scheme, host, port; no path).");
            }

            return origins;
        }

        public IReadOnlyList<IPNetwork> Networks(string name)
        {
            var networks = new List<IPNetwork>();
            foreach (var text in (Text(name) ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (IPAddress.TryParse(text, out var address))
                    networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
                else if (IPNetwork.TryParse(text, out var network))
                    networks.Add(network);
                else
                    Problems.Add($"{name} has '{text}'. It takes addresses or networks separated by commas, such as 127.0.0.1 or 10.0.0.0/8.");
            }

            return networks;
        }

        public SmtpSettings? Smtp()
        {
            // Django's backends that do not send: mail goes to the folder, whatever host is named.
            switch (Text("EMAIL_BACKEND")?.Split('.') is [.., _, "EmailBackend"] parts ? parts[^2] : Text("EMAIL_BACKEND"))
            {
                case "console" or "filebased" or "locmem" or "dummy" or "folder":
                    return null;
                case null or "smtp":
                    break;
                case var other:
                    Problems.Add($"EMAIL_BACKEND is '{other}'. It takes smtp or folder (Django's names smtp, console and filebased work too).");
                    break;
            }

            var host = Text("EMAIL_HOST");
            var user = Text("EMAIL_HOST_USER");
            if (host is null)
            {
                if (user is not null || Text("EMAIL_PORT") is not null)
                    Problems.Add("EMAIL_HOST is missing, but other EMAIL_ settings are there. It takes the name of the SMTP server, such as smtp.example.com.");
                return null;
            }

            var password = Text("EMAIL_HOST_PASSWORD");
            if (user is null != password is null)
                Problems.Add($"{(user is null ? "EMAIL_HOST_USER" : "EMAIL_HOST_PASSWORD")} is missing: SMTP takes a user and a password, or neither.");
            var (startTls, implicitTls) = (Switch("EMAIL_USE_TLS", false), Switch("EMAIL_USE_SSL", false));
            if (startTls && implicitTls)
                Problems.Add("EMAIL_USE_TLS and EMAIL_USE_SSL are both true. Set EMAIL_USE_TLS for STARTTLS (port 587), or EMAIL_USE_SSL for TLS from the start (port 465).");
            return new SmtpSettings(host, Number("EMAIL_PORT", implicitTls ? 465 : 587, 1, 65_535), startTls, user, password, implicitTls);
        }

        public (string? Sqlite, string? Postgres) Database(string data)
        {
            if (Text("DATABASE_URL") is { } url)
                return FromUrl(url);

            var name = Text("DB_NAME");
            var engine = Text("DB_ENGINE")?.Replace("django.db.backends.", "", StringComparison.Ordinal);
            switch (engine)
            {
                case null when Text("DB_HOST") is null:
                case Sqlite3 or "sqlite":
                    return (name ?? Path.Combine(data, "convene.db"), null);
                case null or Postgresql or "postgres" or "postgresql_psycopg2":
                    if (name is null)
                        Problems.Add("DB_NAME is missing. It takes the name of the PostgreSQL database, such as convene.");
                    var connection = new NpgsqlConnectionStringBuilder
                    {
                        Host = Text("DB_HOST") ?? "localhost",
                        Port = Number("DB_PORT", 5432, 1, 65_535),
                        Database = name,
                        Username = Text("DB_USER"),
                        Password = Text("DB_PASSWORD"),
                    };
                    return (null, connection.ToString());
                default:
                    Problems.Add($"DB_ENGINE is '{engine}'. It takes sqlite3 or postgresql (Django's names, django.db.backends.sqlite3 and .postgresql, work too).");
                    return (null, null);
            }
        }

        private (string? Sqlite, string? Postgres) FromUrl(string url)
        {
            string? reason = null;
            try
            {
                if (url.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
                    return (url["sqlite:".Length..] is ['/', '/', .. var rest] ? rest : url["sqlite:".Length..], null);
                if (url.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
                    return (null, PostgresUrl.Read(url));
                if (new NpgsqlConnectionStringBuilder(url) is { Host: not null } plain)
                    return (null, plain.ToString());
            }
            catch (SettingsException e)
            {
                reason = $": {e.Message}";
            }
            catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
            {
                // Npgsql's own reasons echo the text, which may hold a password.
            }

            Problems.Add($"DATABASE_URL can't be read{reason}. It takes sqlite:data/convene.db, postgres://user:password@host:5432/name, or Host=…;Database=…;Username=…;Password=….");
            return (null, null);
        }
    }
}
