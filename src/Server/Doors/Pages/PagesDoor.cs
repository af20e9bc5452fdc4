using System.Net;
using System.Reflection;
using System.Text;
using Convene.Server.Features.Mail;

namespace Convene.Server.Doors.Pages;

/// The web app, and in Development the mail that was sent.
public static class PagesDoor
{
    private const string Policy = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// A mail's own styles stand in its elements, as mail programs want them. Scripts have nothing to say in it, whoever opens it.
    private const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups";

    public static void Map(WebApplication app)
    {
        WebApp.Map(app, Path.Combine(AppContext.BaseDirectory, "web"), Html(Text("not-built.html")));
        foreach (var styles in (string[])["pages.css", "redoc.css"])
            Serve(app, $"/pages/{styles}", Text(styles), "text/css");
        if (!app.Environment.IsDevelopment())
            return;

        app.MapGet("/dev/mail", async (ReadSentMail read) => Page("Mail", List(await read.Handle()))).ExcludeFromDescription();
        app.MapGet("/dev/mail/{id}", async (string id, ReadSentMail read) =>
            (await read.Handle()).FirstOrDefault(m => m.Mail.Id == id) is { } sent ? Page(sent.Mail.Subject, Show(sent)) : Results.NotFound()).ExcludeFromDescription();
        app.MapGet("/dev/mail/{id}/html", async (string id, ReadSentMail read) =>
            (await read.Handle()).FirstOrDefault(m => m.Mail.Id == id) is { } sent ? Html(sent.Mail.Html, MailPolicy) : Results.NotFound()).ExcludeFromDescription();
    }

    private static string List(IReadOnlyList<ReadSentMail.Sent> mails)
    {
        if (mails.Count == 0)
            return "<p class=\"soft\">No mail yet. Invite somebody to a meeting, and it appears here.</p>";
        var html = new StringBuilder("<p class=\"soft\">The newest 100 mails. This page exists in Development only.</p><div class=\"card\"><ul class=\"links\">");
        foreach (var sent in mails)
            html.Append($"<li><a href=\"/dev/mail/{sent.Mail.Id}\">{Escaped(sent.Mail.Subject)}</a><br><span class=\"soft\">to {Escaped(sent.Mail.To.Email)} · {Escaped(sent.Status)}</span></li>");
        return html.Append("</ul></div>").ToString();
    }

    private static string Show(ReadSentMail.Sent sent)
    {
        var mail = sent.Mail;
        var html = new StringBuilder($"<p class=\"soft\">to {Escaped(mail.To.Email)} · {Escaped(sent.Status)} · <a href=\"/dev/mail\">all mail</a></p>");
        html.Append($"<div class=\"card\"><h2>HTML</h2><iframe sandbox=\"allow-popups\" title=\"HTML part\" src=\"/dev/mail/{mail.Id}/html\"></iframe></div>");
        html.Append($"<div class=\"card\"><h2>Text</h2><pre>{Linked(mail.Text)}</pre></div>");
        if (mail.Calendar is { } calendar)
            html.Append($"<div class=\"card\"><h2>Calendar, {calendar.Method}</h2><pre>{Escaped(calendar.Ics)}</pre></div>");
        return html.ToString();
    }

    /// Links of our own mails can be followed from here.
    private static string Linked(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith("http", StringComparison.Ordinal) ? $"<a href=\"{Escaped(line.Trim())}\">{Escaped(line)}</a>" : Escaped(line)));

    private static IResult Page(string title, string body) => Html(
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Escaped(title)} · Convene</title><link rel=\"stylesheet\" href=\"/pages/pages.css\"></head><body><main><h1>{Escaped(title)}</h1>{body}</main></body></html>");

    private static IResult Html(string text, string policy = Policy) => new Allowed(text, policy);

    private static void Serve(WebApplication app, string path, string text, string type) =>
        app.MapGet(path, () => Results.Content(text, $"{type}; charset=utf-8")).ExcludeFromDescription();

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/{name}")!);
        return reader.ReadToEnd();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// A page, and what may happen on it.
    private sealed record Allowed(string Text, string Policy) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentSecurityPolicy = Policy;
            return Results.Content(Text, "text/html; charset=utf-8").ExecuteAsync(httpContext);
        }
    }
}
