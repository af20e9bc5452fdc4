using Microsoft.Extensions.Configuration;

namespace Convene.Server.Tests.Rules;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_need_be_set()
    {
        var settings = Read();
        settings.SqliteFile.ShouldBe(Path.Combine("data", "convene.db"));
        settings.PostgresConnection.ShouldBeNull();
        settings.Smtp.ShouldBeNull();
        settings.PublicUrl.ShouldBe(new Uri("http://localhost:8000"));
        settings.CorsOrigins.ShouldBeEmpty();
        Read(development: true).CorsOrigins.ShouldBe(["http://localhost:3000", "http://127.0.0.1:3000"]);
    }

    [Fact]
    public void System_ones_documented_file_works_as_it_stands()
    {
        // Its .env, line by line (with an address of example.com), its SMTP lines included.
        var file = Path.GetTempFileName();
        File.WriteAllText(file,
            """
            # Django
            DJANGO_DEBUG=True
            DJANGO_ALLOWED_HOSTS=localhost,127.0.0.1

            # Database (PostgreSQL)
            DB_ENGINE=django.db.backends.postgresql
            DB_NAME=meetsh
            DB_USER=scheduler_user
            DB_PASSWORD=yourpassword
            DB_HOST=localhost
            DB_PORT=5432

            EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend
            EMAIL_HOST=smtp.example.com
            EMAIL_PORT=587
            EMAIL_USE_TLS=True
            EMAIL_HOST_USER=you@example.com
            EMAIL_HOST_PASSWORD=your_app_password
            DEFAULT_FROM_EMAIL=you@example.com
            """);
        var settings = Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(DotEnv.Read(file)).Build(), development: false);
        File.Delete(file);
        settings.PostgresConnection.ShouldBe("Host=localhost;Port=5432;Database=meetsh;Username=scheduler_user;Password=yourpassword");
        settings.Smtp.ShouldBe(new Settings.SmtpSettings("smtp.example.com", 587, true, "you@example.com", "your_app_password"));
        settings.MailFrom.Address.ShouldBe("you@example.com");
    }

    [Theory]
    [InlineData("sqlite3")]
    [InlineData("django.db.backends.sqlite3")]
    public void For_sqlite_the_name_is_the_file(string engine) => Read(("DB_ENGINE", engine), ("DB_NAME", "other.db")).SqliteFile.ShouldBe("other.db");

    [Theory]
    [InlineData("sqlite:data/x.db", "data/x.db", null)]
    [InlineData("sqlite:///var/lib/x.db", "/var/lib/x.db", null)]
    [InlineData("postgres://ana:p%40ss@db.example.com:5433/meet?SSL%20Mode=Require", null, "Host=db.example.com;Port=5433;Database=meet;Username=ana;Password=p@ss;SSL Mode=Require")]
    [InlineData("postgresql://db/meet", null, "Host=db;Port=5432;Database=meet")]
    [InlineData("postgres://ana:x@one,two:5433/meet", null, "Host=one,two:5433;Port=5432;Database=meet;Username=ana;Password=x")]
    [InlineData("postgres://[2001:db8::1]:5433/meet", null, "Host=[2001:db8::1];Port=5433;Database=meet")]
    [InlineData("postgres://%2Fvar%2Frun%2Fpostgresql/meet", null, "Host=/var/run/postgresql;Port=5432;Database=meet")]
    [InlineData("postgres:///meet?host=/var/run/postgresql&user=ana", null, "Host=/var/run/postgresql;Port=5432;Database=meet;Username=ana")]
    [InlineData("postgres://db/meet?sslmode=verify-full&sslrootcert=/etc/root.crt", null, "Host=db;Port=5432;Database=meet;SSL Mode=VerifyFull;Root Certificate=/etc/root.crt")]
    [InlineData("postgres://db/meet?sslmode=require&channel_binding=require", null, "Host=db;Port=5432;Database=meet;SSL Mode=Require;Channel Binding=Require")]
    [InlineData("postgres://db/meet?connect_timeout=10&application_name=x", null, "Host=db;Port=5432;Database=meet;Timeout=10;Application Name=x")]
    [InlineData("postgres://one,two/meet?target_session_attrs=read-write", null, "Host=one,two;Port=5432;Database=meet;Target Session Attributes=read-write")]
    [InlineData("Host=db;Database=meet", null, "Host=db;Database=meet")]
    public void A_database_url_says_it_in_one_line(string url, string? sqlite, string? postgres)
    {
        var settings = Read(("DATABASE_URL", url));
        (settings.SqliteFile, settings.PostgresConnection).ShouldBe((sqlite, postgres));
    }

    [Theory]
    [InlineData("DB_ENGINE", "mysql", "sqlite3 or postgresql")]
    [InlineData("DB_ENGINE", "postgresql", "DB_NAME is missing")]
    [InlineData("DATABASE_URL", "mysql://user:hunter2@db/meet", "postgres://user:password@host:5432/name")]
    [InlineData("DATABASE_URL", "postgres://user:hun/hunter2@db/meet", "the password is written %2F, a ? %3F")]
    [InlineData("DATABASE_URL", "postgres://user:12/hunter2@db/meet", "is written %2F")]
    [InlineData("DATABASE_URL", "postgres://user:hun?hunter2@db/meet", "a ? %3F")]
    [InlineData("DATABASE_URL", "postgres://db:0/meet", "a port is a number from 1 to 65535")]
    [InlineData("DATABASE_URL", "postgres://user:hunter2@db/meet?sslmod=hunter2", "sslmod after the ? is unknown")]
    [InlineData("DATABASE_URL", "postgres://user:hunter2@db/meet?sslmode=hunter2", "sslmode after the ? is unknown, or has a value that it can't have")]
    [InlineData("EMAIL_PORT", "25", "EMAIL_HOST is missing")]
    [InlineData("EMAIL_BACKEND", "carrier.pigeon", "smtp or folder")]
    [InlineData("DEFAULT_FROM_EMAIL", "nobody", "noreply@example.com")]
    [InlineData("PUBLIC_URL", "meet.example.com", "https://meet.example.com")]
    [InlineData("SIGNING_KEY", "short", "at least 32 characters")]
    [InlineData("ACCESS_TOKEN_MINUTES", "soon", "a whole number from 1 to 10080; the default is 360")]
    [InlineData("INBOUND_MAIL_SECRET", "short", "at least 16 characters")]
    [InlineData("INBOUND_MAIL_ADDRESS", "reply", "reply@meet.example.com")]
    [InlineData("INBOUND_MAIL_ADDRESS", "reply+x@meet.example.com", "no +")]
    [InlineData("INBOUND_MAIL_ADDRESS", "a-very-long-name-that-leaves-no-room-for-tags@meet.example.com", "at most 43 characters")]
    [InlineData("INBOUND_MAIL_ADDRESS", "reply@meet.example.com", "INBOUND_MAIL_SECRET is missing")]
    [InlineData("REMINDER_MINUTES", "-1", "from 0 to 40320")]
    [InlineData("REFUSE_PAST_STARTS", "maybe", "true or false")]
    [InlineData("OUTGOING_ALLOWED_NETWORKS", "intranet", "such as 127.0.0.1 or 10.0.0.0/8")]
    [InlineData("EXTERNAL_CALENDAR_MINUTES", "0", "a whole number from 1 to 1440; the default is 15")]
    [InlineData("EXTERNAL_CALENDAR_UNREACHABLE_HOURS", "never", "a whole number from 1 to 720; the default is 24")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "name the proxies in TRUSTED_PROXIES")]
    [InlineData("TRUSTED_PROXIES", "everybody", "such as 127.0.0.1 or 10.0.0.0/8")]
    [InlineData("OIDC_CLIENT_ID", "convene", "OIDC_ISSUER is missing")]
    [InlineData("OIDC_ISSUER", "https://login.example.com", "OIDC_CLIENT_ID is missing")]
    [InlineData("OIDC_ISSUER", "http://login.example.com", "such as https://login.example.com/realms/house")]
    [InlineData("API_KEY_DAYS", "400", "API_KEY_DAYS is 400, more than API_KEY_MOST_DAYS. It takes at most 366.")]
    [InlineData("METRICS_TOKEN", "short", "at least 16 characters")]
    [InlineData("LOG_FORMAT", "xml", "text or json")]
    [InlineData("DRAIN_SECONDS", "-1", "from 0 to 600")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "http://localhost:4318")]
    [InlineData("CORS_ORIGINS", "https://a.example.com/path", "origins separated by commas")]
    public void A_wrong_setting_is_named_with_what_would_be_right(string name, string value, string told)
    {
        var message = Should.Throw<SettingsException>(() => Read((name, value))).Message;
        message.ShouldContain(told);
        message.ShouldNotContain("hunter2", Case.Sensitive, "secrets are not echoed");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Should.Throw<SettingsException>(() => Read(("DB_ENGINE", "mysql"), ("SESSION_DAYS", "0"), ("EMAIL_HOST", "x"), ("EMAIL_PORT", "0"))).Message.Split('\n').Length.ShouldBe(4);

    [Fact]
    public void Djangos_console_mail_goes_to_the_folder_whatever_host_is_named() =>
        Read(("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"), ("EMAIL_HOST", "smtp.example.com")).Smtp.ShouldBeNull();

    [Fact]
    public void The_file_knows_comments_quotes_and_export()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "# comment\n\nA=1 # one\nexport B='two # not a comment'\nC=\"three\" # but this is\nD = four \nE=\n");
        var values = DotEnv.Read(file);
        values.ShouldBe(new Dictionary<string, string?> { ["A"] = "1", ["B"] = "two # not a comment", ["C"] = "three", ["D"] = "four", ["E"] = "" }, ignoreOrder: true);
        File.WriteAllText(file, "A=1\nnonsense\n");
        Should.Throw<SettingsException>(() => DotEnv.Read(file)).Message.ShouldContain("line 2");
        File.Delete(file);
    }

    [Theory]
    [InlineData("http://0.0.0.0:9000", "http://localhost:9000/")]
    [InlineData("http://*:80;https://*:443", "http://localhost/")]
    [InlineData("http://127.0.0.1:8001/", "http://127.0.0.1:8001/")]
    public void Without_a_public_address_links_lead_to_where_it_listens(string urls, string expected) =>
        Read(("urls", urls)).PublicUrl.ToString().ShouldBe(expected);

    private static Settings Read(params (string Name, string Value)[] values) => Read(false, values);

    private static Settings Read(bool development, params (string Name, string Value)[] values) => Settings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Name, v => (string?)v.Value)).Build(), development);
}
