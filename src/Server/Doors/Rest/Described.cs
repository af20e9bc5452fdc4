using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;

namespace Convene.Server.Doors.Rest;

/// What the API's description says of a route: read by ApiDescription when it writes the document.
public sealed record RouteDocs
{
    public bool BodyOptional { get; set; }
    public bool SignedIn { get; set; }

    /// The other shape of the answer, where it is an array or a page.
    public Type? PageType { get; set; }
    public Dictionary<int, string> Answers { get; } = [];
    public List<(string Name, string Text, JsonNode Schema, string In)> Parameters { get; } = [];
}

internal static class Described
{
    public const string AnyType = "*/*";

    private static readonly Dictionary<int, string> Reasons = new()
    {
        [400] = "Something in the request is wrong: field → messages, or `detail`.",
        [401] = "No credentials, or bad ones.",
        [403] = "Visible, but not yours to change.",
        [404] = "Absent, or not visible to you.",
        [412] = Answers.Outdated,
        [413] = "The body is larger than 1 MB.",
        [422] = Answers.OtherRequest,
        [429] = "Too many requests: wait as long as Retry-After says.",
        [415] = "The body is neither JSON nor a form.",
    };

    public static RouteHandlerBuilder Say(this RouteHandlerBuilder route, string id, string tag, string summary, string? description = null)
    {
        route.WithName(id).WithTags(tag).WithSummary(summary);
        return description is null ? route : route.WithDescription(description);
    }

    /// The route reads this body.
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, bool optional = false)
        where T : notnull
    {
        // Any type is let through to the door, which takes forms too and says itself what it can't read (and logout takes anything).
        route.Accepts<T>(optional, MediaTypeNames.Application.Json, AnyType).Fails(400, 413, 415);
        return route.Document(d => d.BodyOptional = optional);
    }

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status, string text)
    {
        route.Produces<T>(status, MediaTypeNames.Application.Json);
        return route.Document(d => d.Answers[status] = text);
    }

    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder route, string text)
    {
        route.Produces(204);
        return route.Document(d => d.Answers[204] = text);
    }

    public static RouteHandlerBuilder GivesRedirect(this RouteHandlerBuilder route, string text)
    {
        route.Produces(302);
        return route.Document(d => d.Answers[302] = text);
    }

    public static RouteHandlerBuilder GivesCalendar(this RouteHandlerBuilder route)
    {
        route.Produces<string>(200, "text/calendar");
        return route.Document(d => d.Answers[200] = "An iCalendar file (RFC 5545), as an attachment.");
    }

    public static RouteHandlerBuilder GivesArchive(this RouteHandlerBuilder route, string what)
    {
        route.Produces<Stream>(200, MediaTypeNames.Application.Zip);
        return route.Document(d => d.Answers[200] = what);
    }

    public static RouteHandlerBuilder GivesFeed(this RouteHandlerBuilder route)
    {
        route.Produces<string>(200, "text/calendar").Produces(304);
        return route.Document(d =>
        {
            d.Answers[200] = "An iCalendar file (RFC 5545).";
            d.Answers[304] = "It is the one in If-None-Match, or has not changed since If-Modified-Since.";
        });
    }

    /// The route reads a calendar file: of a form, under the name `file`, or the body itself.
    public static RouteHandlerBuilder TakesCalendar(this RouteHandlerBuilder route)
    {
        route.Accepts<Bodies.CalendarFile>(MediaTypeNames.Multipart.FormData, AnyType).Fails(400, 413, 415);
        return route.Document(d =>
        {
            d.Answers[400] = "It is no calendar (the message names the line), or it asks for too much.";
            d.Answers[413] = "The file is larger than may be.";
            d.Answers[415] = "The body is neither a form with a file nor text/calendar.";
        });
    }

    public static RouteHandlerBuilder GivesEvents(this RouteHandlerBuilder route)
    {
        route.Produces<string>(200, "text/event-stream");
        return route.Document(d => d.Answers[200] = "The events, as long as the connection stays.");
    }

    /// The route reads files of a form, under the name `file`.
    public static RouteHandlerBuilder TakesFiles(this RouteHandlerBuilder route)
    {
        route.Accepts<Bodies.Files>(MediaTypeNames.Multipart.FormData, AnyType).Fails(400, 413, 415);
        return route.Document(d =>
        {
            d.Answers[413] = "A file is larger than may be, or all of the meeting's together would be.";
            d.Answers[415] = "The body is no form with files.";
        });
    }

    /// The route reads a mail as it came.
    public static RouteHandlerBuilder TakesMail(this RouteHandlerBuilder route, int largest)
    {
        route.Accepts<string>("message/rfc822", AnyType).Fails(400, 413, 415);
        return route.Document(d =>
        {
            d.Answers[400] = "It is no mail.";
            d.Answers[413] = $"It is larger than {largest >> 20} MB.";
            d.Answers[415] = "The body is something else than a mail.";
        });
    }

    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route)
    {
        route.Produces<Stream>(200, MediaTypeNames.Application.Octet).Produces<Stream>(206, MediaTypeNames.Application.Octet).Produces(304).Produces(416).Fails(412);
        return route.Document(d =>
        {
            d.Answers[200] = "The file, of its own type, as an attachment.";
            d.Answers[206] = "The range that was asked for.";
            d.Answers[304] = "It is the one in If-None-Match.";
            d.Answers[412] = Answers.OtherFile;
            d.Answers[416] = "There is no such range in it.";
        });
    }

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<Problem>(status, MediaTypeNames.Application.Json);
            route.Document(d => d.Answers[status] = Reasons[status]);
        }

        return route;
    }

    /// Whoever is signed in is let through only so often with what changes something (WriteLimit).
    public static RouteHandlerBuilder LimitedIfItChanges(this RouteHandlerBuilder route)
    {
        route.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().Any(m => m.HttpMethods.All(HttpMethods.IsGet)) || endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => p.StatusCode == 429))
                return;
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(429, typeof(Problem), [MediaTypeNames.Application.Json]));
        });
        return route.Document(d => d.Answers.TryAdd(429, Reasons[429]));
    }

    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, string name, string text, JsonNode schema, string place = "query") =>
        route.Document(d => d.Parameters.Add((name, text, schema, place)));

    public static RouteHandlerBuilder Document(this RouteHandlerBuilder route, Action<RouteDocs> change)
    {
        route.Add(endpoint =>
        {
            var docs = endpoint.Metadata.OfType<RouteDocs>().FirstOrDefault();
            if (docs is null)
                endpoint.Metadata.Add(docs = new RouteDocs());
            change(docs);
        });
        return route;
    }
}

/// <summary>What is wrong. Wrong fields stand beside these members, each with its messages; together they are valid problem details (RFC 9457).</summary>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Type">about:blank: the status says it all.</param>
/// <param name="Title">The status in words (or the messages of a field of that name).</param>
/// <param name="Status">The status code (or the messages of a field of that name).</param>
public sealed record Problem(object? Detail, object? Type, object? Title, object? Status);
