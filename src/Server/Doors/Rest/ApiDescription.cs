using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// The API's description: OpenAPI 3.1 at /api/schema/, shown by Swagger UI and ReDoc. Made from the routes themselves.
public static class ApiDescription
{
    public const string Document = "convene";

    /// Of the pages that show it. Their scripts come from here; the style elements that these write are named by what is in them.
    private const string Policy = "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self' ";
    private const string SwaggerPolicy = $"{Policy}'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    /// ReDoc writes one, fills another by script that is empty to begin with (the hash is that of nothing), and searches in a worker that it makes itself.
    private const string ReDocPolicy = $"{Policy}'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; worker-src blob:";

    /// By operation: a request, and what was answered to it.
    private static readonly JsonNode Samples = JsonNode.Parse(typeof(ApiDescription).Assembly.GetManifestResourceStream("samples.json")!)!;

    public static void AddServices(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => Answers.Configure(o.SerializerOptions));
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = Name;
            options.AddDocumentTransformer(Frame);
            options.AddOperationTransformer(Operation);
            options.AddSchemaTransformer(Schema);
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/schema/", async (HttpContext http, [FromKeyedServices(Document)] IOpenApiDocumentProvider provider) =>
        {
            var document = await provider.GetOpenApiDocumentAsync(http.RequestAborted);
            var yaml = http.Request.Query["format"].ToString() is { Length: > 0 } format
                ? format == "yaml"
                : http.Request.Headers.Accept.ToString().Contains("yaml", StringComparison.OrdinalIgnoreCase);
            return yaml
                ? Results.Text(await document.SerializeAsYamlAsync(OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), "application/yaml; charset=utf-8")
                : Results.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), "application/json; charset=utf-8");
        }).ExcludeFromDescription();

        app.UseWhen(http => IsBelow(http, "/api/docs") || IsBelow(http, "/api-docs") || IsBelow(http, "/api/redoc"), ShowIn);
    }

    private static bool IsBelow(HttpContext http, string path) => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static void ShowIn(IApplicationBuilder app)
    {
        // The pages would send their visitor on to index.html; the documented address itself answers.
        app.Use((http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = IsBelow(http, "/api/redoc") ? ReDocPolicy : SwaggerPolicy;
            if (http.Request.Path.Value is "/api/docs/" or "/api-docs/" or "/api/redoc/")
                http.Request.Path += "index.html";
            return next(http);
        });
        foreach (var path in (string[])["api/docs", "api-docs"])
        {
            app.UseSwaggerUI(o =>
            {
                o.RoutePrefix = path;
                o.DocumentTitle = "Convene API";
                o.SwaggerEndpoint("/api/schema/", "Convene");
            });
        }

        app.UseReDoc(o =>
        {
            o.RoutePrefix = "api/redoc";
            o.DocumentTitle = "Convene API";
            o.SpecUrl = "/api/schema/";
            // The package's own page asks Google for fonts; ours asks nobody.
            o.IndexStream = () => typeof(ApiDescription).Assembly.GetManifestResourceStream("redoc.html")!;
        });
    }

    private static Task Frame(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Convene",
            Version = "1",
            Description = "Meetings that never double-book: accounts, meetings, conflicts, invitations, calendar files.\n\n"
                + "Sign in at `/api/auth/login/`; then send `Authorization: Bearer <access>`, `Authorization: Token <token>`, or the session cookie. Programs send an API key in the access token's place. "
                + "A slash at the end of a path makes no difference. Times are ISO 8601; without an offset they are read in the meeting's zone. "
                + "Where there is too much to do, or the database is away, any request may be answered 503: come again after `Retry-After` seconds.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // The canonical form of the five systems' paths; the routes' own descriptions drop the slash.
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
            paths[path + "/"] = item;
        document.Paths = paths;
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The access token of a login, or an API key." },
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "Authorization", Description = "`Token <40 hex digits>`, the opaque token of a login." },
            ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Authentication.SessionCookie, Description = "Set by a login. Requests that change something from a browser send the csrftoken cookie's value as X-CSRFToken too." },
        };
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values).Where(o => o.Metadata?.ContainsKey("signed-in") == true))
        {
            operation.Security = [.. document.Components.SecuritySchemes.Keys.Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] })];
        }

        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Accounts", Description = "Signing up, in and out; passwords; the own profile." },
            new() { Name = "Ways in", Description = "Signing in with more than a password: second factors, passkeys, an OpenID provider." },
            new() { Name = "Meetings", Description = "Booking and changing meetings; who is busy; calendar files; mails." },
            new() { Name = "Attachments", Description = "Documents of meetings." },
            new() { Name = "Events", Description = "Time of one's own that is busy, or free." },
            new() { Name = "In and out", Description = "Calendar files of other programs, and links that they subscribe to." },
            new() { Name = "Scheduling", Description = "Times that suit everybody." },
            new() { Name = "Administration", Description = "What administrators see and do; nobody else may." },
            new() { Name = "Participants", Description = "Who is invited, and what they answer." },
        };
        return Task.CompletedTask;
    }

    private static async Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var docs = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDocs>().FirstOrDefault();
        if (docs is null)
            return;

        if (docs.SignedIn)
            (operation.Metadata ??= new Dictionary<string, object>(StringComparer.Ordinal))["signed-in"] = true;
        else
            operation.Security = [];
        foreach (var (status, text) in docs.Answers)
        {
            if (operation.Responses?.GetValueOrDefault(status.ToString()) is not { } response)
                continue;
            response.Description = text;
            if (response.Content is { } answers && answers.TryGetValue(MediaTypeNames.Application.Json, out var media))
                media.Example = status < 400 ? Samples[operation.OperationId!]!["answer"]?.DeepClone() : Failure(status, text);
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } body)
        {
            body.Required = !docs.BodyOptional;
            content.Remove(Described.AnyType);
            foreach (var media in content.Where(c => c.Key != MediaTypeNames.Multipart.FormData).Select(c => c.Value).OfType<OpenApiMediaType>())
                media.Example = Samples[operation.OperationId!]!["request"]!.DeepClone();
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
        {
            var path = context.Description.RelativePath!;
            var uuid = parameter.Name == "id" && (path.StartsWith("api/meetings/", StringComparison.Ordinal) || path.StartsWith("api/admin/meetings/", StringComparison.Ordinal));
            parameter.Description = uuid ? "The meeting's id, a UUID."
                : parameter.Name == "aid" ? "The attachment's id, a number."
                : parameter.Name == "proposal" ? "The proposal's id, a number."
                : parameter.Name == "secret" ? "The secret of the feed's address."
                : parameter.Name != "id" ? "The participant's id, a number."
                : path.StartsWith("api/auth/sessions/", StringComparison.Ordinal) ? "The login's id, a number."
                : path.StartsWith("api/auth/provider/", StringComparison.Ordinal) ? "The link's id, a number."
                : path.StartsWith("api/auth/passkeys/", StringComparison.Ordinal) ? "The passkey's id, a number."
                : path.StartsWith("api/auth/api-keys/", StringComparison.Ordinal) ? "The key's id, a number."
                : path.StartsWith("api/admin/people/", StringComparison.Ordinal) ? "The person's id, a number."
                : path.StartsWith("api/admin/outbox/", StringComparison.Ordinal) ? "The mail's id, a number."
                : path.StartsWith("api/feeds/", StringComparison.Ordinal) ? "The feed's id, a number."
                : "The event's id, a number.";
            parameter.Schema = parameter.Name == "secret" ? new OpenApiSchema { Type = JsonSchemaType.String }
                : uuid ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }
                : new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
        }

        foreach (var (name, text, schema, place) in docs.Parameters)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = name,
                In = place == "header" ? ParameterLocation.Header : ParameterLocation.Query,
                Description = text,
                Schema = new OpenApiSchema
                {
                    Type = (string)schema["type"]! == "integer" ? JsonSchemaType.Integer : JsonSchemaType.String,
                    MaxLength = (int?)schema["maxLength"],
                    Minimum = schema["minimum"]?.ToString(),
                    Maximum = schema["maximum"]?.ToString(),
                    Enum = schema["enum"] is JsonArray words ? [.. words.Select(w => w!.DeepClone())] : null,
                },
            });
        }

        if (docs.PageType is { } page && operation.Responses?["200"].Content?.Values.OfType<OpenApiMediaType>().FirstOrDefault() is { } answer)
        {
            var envelope = await context.GetOrCreateSchemaAsync(page, null, cancel);
            answer.Schema = new OpenApiSchema { OneOf = [answer.Schema!, envelope] };
        }
    }

    /// Requests and results are nested in their handlers: the handler's name tells them apart.
    private static string? Name(JsonTypeInfo info) => OpenApiOptions.CreateDefaultSchemaReferenceId(info) is not { } name || (Nullable.GetUnderlyingType(info.Type) ?? info.Type) == typeof(Instant) ? null
        : info.Type.DeclaringType is { } handler && handler != typeof(Bodies) && handler != typeof(AccountsDoor) ? handler.Name + name
        : info.Type.DeclaringType == typeof(Bodies) ? name + "Body"
        : name;

    /// <param name="text">What the description says of it.</param>
    private static JsonObject Failure(int status, string text)
    {
        var detail = status switch
        {
            400 => "start_time: This field is required.",
            401 => "Authentication credentials were not provided.",
            403 => "Only the meeting organiser can edit it.",
            404 => "Not found.",
            412 or 422 => text,
            413 => Answers.TooLarge,
            429 => "Too many attempts. Try again in 30 seconds.",
            _ => "Unsupported media type \"text/plain\" in request.",
        };
        var problem = new JsonObject { ["detail"] = detail, ["type"] = "about:blank", ["title"] = ReasonPhrases.GetReasonPhrase(status), ["status"] = status };
        if (status == 400)
            problem.Insert(0, "start_time", new JsonArray("This field is required."));
        return problem;
    }

    /// Bodies need what says so; answers have all their members but those that are left out when null; of a problem only the detail is sure.
    private static bool IsAlwaysThere(JsonPropertyInfo property, Type type)
    {
        if (type.DeclaringType == typeof(Bodies))
            return property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), true) == true;
        if (type == typeof(Problem))
            return false;
        return property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is not [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];
    }

    private static Task Schema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(Instant) || type == typeof(Instant?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is { } properties)
        {
            schema.Required = context.JsonTypeInfo.Properties
                .Where(p => properties.ContainsKey(p.Name) && IsAlwaysThere(p, type))
                .Select(p => p.Name)
                .ToHashSet(StringComparer.Ordinal);
        }

        // What a member's type says of null; in a body a field that need not be there is not thereby one that may be null.
        if (context.JsonPropertyInfo is { AttributeProvider: PropertyInfo property } field && schema.Type is not null)
        {
            var nullable = property.DeclaringType!.DeclaringType == typeof(Bodies)
                ? property.IsDefined(typeof(Bodies.MayBeNullAttribute))
                : new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
            // An object's schema is shared by whoever has one: that it may be missing stands beside the reference to it.
            var shared = context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && Name(context.JsonTypeInfo) is not null;
            schema.Type = nullable && !shared ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
            if (field.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), true) is [AllowedValuesAttribute allowed])
                schema.Enum = [.. allowed.Values.Select(v => (JsonNode)JsonValue.Create((string)v!)!)];
        }

        // The fields that are wrong stand beside the members of problem details.
        if (type == typeof(Problem))
            schema.AdditionalProperties = new OpenApiSchema { Description = "A wrong field's messages." };

        // .NET would take numbers as text too, and says so by a pattern; ours are numbers.
        if (schema.Type is { } types && types.HasFlag(JsonSchemaType.Integer) && types.HasFlag(JsonSchemaType.String))
        {
            schema.Type = types & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        return Task.CompletedTask;
    }
}
