using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Attachments;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Passkeys;
using Convene.Server.Features.Providers;
using Convene.Server.Features.Repeats;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// Results and refusals become HTTP. Errors are CONTRACT §0's (field → messages; `detail`) and valid problem details (RFC 9457) at once.
public static class Answers
{
    internal const string Outdated = "The meeting was changed meanwhile. `current` is how it is now.";
    internal const string OtherFile = "If-Match names another file.";
    internal const string OtherRequest = $"The {Repeats.Header} was used for another request. Give each request a name of its own.";

    public static string TooLarge { get; } = $"The request body is too large. The limit is {Door.LargestBody} bytes.";

    private static readonly string[] InvalidCredentials = ["Invalid credentials"];

    public static JsonSerializerOptions Json { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        // `+00:00` and `é` as they are: answers are JSON with nosniff, never inside a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { BaseFirst } };
        return options;
    }

    /// An id reads best at the top: what a type inherits stands before what it adds.
    private static void BaseFirst(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            var declaring = (property.AttributeProvider as MemberInfo)?.DeclaringType;
            property.Order = declaring is null ? 0 : Depth(declaring);
        }

        static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
    }

    public static IResult Of<T>(Outcome<T> outcome, Func<T, IResult> answer) =>
        outcome.Is(out var value, out var refusal) ? answer(value) : Refuse(refusal);

    public static IResult Of<T>(Outcome<T> outcome, int status = StatusCodes.Status200OK) => Of(outcome, value => Ok(value, status));

    public static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Json, statusCode: status);

    public static IResult Detail(string sentence) => Ok(new Detail(sentence));

    public static IResult Refuse(Refusal refusal) => refusal switch
    {
        Refusals.Invalid invalid => Problem(400, Summary(invalid.Fields), invalid.Fields),
        Refusal.EndsBeforeItStarts => Field("end_time", "End time must be after start time."),
        Refusal.StartsInThePast => Field("start_time", "Start time cannot be in the past."),
        Refusal.LastsTooLong => Field("end_time", $"A meeting can last at most {MeetingRules.LongestMeeting.TotalDays:0} days."),
        Refusal.WindowTooLong => Field("window_end", $"The window can have at most {SlotGrid.MostDays} days."),
        Refusal.WindowOutOfReach => Field("window_end", $"The window can't reach beyond the year {SlotSearch.LastYear - 1}."),
        Refusal.TooManyStarts starts => Field("step_minutes", $"The window has {starts.Count} possible starts; at most {SlotGrid.MostStarts} are tried. Use a larger step or a shorter window."),
        Refusal.AlreadyCancelled => Problem(400, "Meeting is already cancelled."),
        Refusals.Busy busy => Problem(400, string.Join(' ', busy.Sentences), Members(("conflict", busy.Sentences), ("details", busy.Details))),
        Refusal.PeopleBusy => Problem(400, "Somebody has a scheduling conflict."),
        BlockHours.HourTaken taken => Field("blocked_slots", $"There is already an event booked at time slot : {taken.Hour}"),
        UpdateMeeting.OrganizerRemoved => Field("participants", "Event organiser can not be removed"),
        Refusals.NotFound => Problem(404, "Not found."),
        Refusals.Hidden => Problem(403, TimeIsHidden),
        AnswerOnce.OtherRequest => Problem(422, OtherRequest),
        Refusals.Outdated outdated => Problem(412, Outdated, Members(("current", outdated.Current))),
        AnswerByLink.UnknownLink => Problem(404, "This link is not valid (any more): the invitation was withdrawn, or the link was cut short. Open it again from the mail."),
        ProposalSettled settled => Problem(400, $"This proposal is {settled.State}."),
        ProposeTime.AlreadyProposed or AnswerInvitation.AlreadyAnswered => Problem(400, "There is a newer one."),
        Invited.Refused refused => Problem(400, refused.Sentence),
        TakeMail.NoMail no => Problem(400, no.Sentence),
        Refusals.NoSuchPage => Problem(404, "Invalid page."),
        Refusals.NotAllowed notAllowed => Problem(403, notAllowed.Sentence),
        Refusals.TooMany many => TooMany(many.Wait),
        Refusals.WrongCredentials => Unauthorized(
            "No active account found with the given credentials", ("non_field_errors", InvalidCredentials)),
        Refusals.WrongRefreshToken wrong => Unauthorized(wrong.Sentence, ("code", "token_not_valid")),
        LetIn.SecondFactorRequired required => Unauthorized(
            "One more step: send a code of your second factor.", ("code", "second_factor_required"), ("challenge", required.Challenge), ("expires_in", required.ExpiresIn)),
        FinishSignIn.WrongSecondFactor => Unauthorized("This code is wrong, or was used already.", ("code", "second_factor_wrong")),
        FinishSignIn.ChallengeOver => Unauthorized("This took too long, or too many tries. Sign in again.", ("code", "challenge_over")),
        SignInByPasskey.WrongPasskey => Unauthorized("This passkey is not known here, or what it showed could not be checked.", ("code", "passkey_wrong")),
        AddPasskey.NotBelieved => Problem(400, "This passkey could not be checked. Begin again."),
        Provider.Refused refused => Problem(400, $"Signing in by the provider was refused: {refused.Reason}.", Members(("code", refused.Reason))),
        CodeCheck.WrongCode => Field("code", "This code is wrong, or was used already."),
        CodeCheck.TooManyCodes wait => new ProblemAnswer(429, "Too many wrong codes. Wait, or use a recovery code.", null) { RetryAfter = wait.Seconds },
        Refusals.NotSignedIn => Unauthorized("Authentication credentials were not provided."),
        Door.BadToken => Unauthorized(
            "Given token not valid for any token type", ("code", "token_not_valid"),
            ("messages", new[] { new { token_class = "AccessToken", token_type = "access", message = "Token is invalid or expired" } })),
        Door.BadOpaqueToken => Unauthorized("Invalid token."),
        Door.CsrfFailed csrf => Problem(403, csrf.Sentence),
        Door.Unreadable unreadable => Problem(400, unreadable.Sentence),
        AddAttachments.TooLarge large => Problem(413, large.Sentence),
        CalendarUpload.TooLarge large => Problem(413, large.Sentence),
        Door.TooLarge => Problem(413, TooLarge),
        Door.UnsupportedMediaType media => Problem(415, $"Unsupported media type \"{media.Type}\" in request."),
        ScheduleMeeting.NoSuchOrganizer or ScheduleMeeting.NotOffered or ScheduleMeeting.TimeTaken or ExtendMeeting.EndsNoLater or ExtendMeeting.CannotPush => OrganizerCalendar.Refuse(refusal)!,
        _ => throw new InvalidOperationException($"No answer is written for {refusal.GetType()}."),
    };

    public static IResult Problem(int status, string detail, IReadOnlyDictionary<string, object>? members = null) => new ProblemAnswer(status, detail, members);

    internal const string TimeIsHidden = "This person does not show you when they are busy.";

    private static ProblemAnswer TooMany(Duration wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var words = seconds switch { 1 => "a second", < 120 => $"{seconds} seconds", _ => $"{(seconds + 59) / 60} minutes" };
        return new ProblemAnswer(429, $"Too many attempts. Try again in {words}.", null) { RetryAfter = seconds };
    }

    /// It could be done, but not now.
    public static IResult Busy { get; } = new ProblemAnswer(503, "The server is busy. Please try again in a moment.", null) { RetryAfter = 1 };

    private static IResult Field(string name, string message) => Refuse(new Refusals.Invalid(name, message));

    public static IResult Unauthorized(string detail, params (string Name, object Value)[] members) =>
        new ProblemAnswer(401, detail, Members(members)) { Challenge = "Bearer realm=\"api\"" };

    private static Dictionary<string, object> Members(params (string Name, object Value)[] members) =>
        members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);

    private static string Summary(IReadOnlyDictionary<string, object> fields)
    {
        var (name, value) = fields.First();
        var text = value is IEnumerable<string> messages ? string.Join(' ', messages) : "Some items are wrong.";
        return name == Door.NonFieldErrors ? text : $"{name}: {text}";
    }

    /// The fields first; the members of problem details behind them, unless a field has that name (title, status, type, detail).
    private sealed record ProblemAnswer(int Status, string Detail, IReadOnlyDictionary<string, object>? Members) : IResult
    {
        public string? Challenge { get; init; }

        /// Seconds.
        public int? RetryAfter { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var body = new Dictionary<string, object>(Members ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal);
            body.TryAdd("detail", Detail);
            body.TryAdd("type", "about:blank");
            body.TryAdd("title", ReasonPhrases.GetReasonPhrase(Status));
            body.TryAdd("status", Status);
            httpContext.Response.StatusCode = Status;
            if (Challenge is not null)
                httpContext.Response.Headers.WWWAuthenticate = Challenge;
            if (RetryAfter is { } seconds)
                httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            // Clients of the five systems expect application/json; who asks for problem details gets the name too.
            var asked = httpContext.Request.Headers.Accept.Any(a => a?.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase) == true);
            return httpContext.Response.WriteAsJsonAsync(body, Json, asked ? "application/problem+json" : "application/json");
        }
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Requests are read field by field.");

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(IsoTime.Format(value));
    }
}

/// <summary>A sentence for people.</summary>
public sealed record Detail([property: JsonPropertyName("detail")] string Sentence);
