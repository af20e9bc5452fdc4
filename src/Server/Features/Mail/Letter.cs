using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Convene.Server.Features.Mail;

/// What a mail is to say, as things were when it became owed: it tells the same however late it is sent. Kept as JSON.
public sealed record Letter
{
    public const string Invitation = "invitation";
    public const string Update = "update";
    public const string Cancellation = "cancellation";
    public const string Reminder = "reminder";

    /// To the host: somebody booked their time.
    public const string Booking = "booking";

    /// To the host: an administrator called their meeting off.
    public const string Withdrawn = "withdrawn";

    /// To the host: somebody answered an invitation.
    public const string Answer = "answer";
    public const string Verification = "verification";
    public const string PasswordReset = "password_reset";

    public MeetingFacts? Meeting { get; init; }

    /// In an update: how it was before.
    public MeetingTerms? Before { get; init; }

    /// In a cancellation: why, if somebody said so.
    public string? Reason { get; init; }

    /// In a mail about an answer: who answered, and what.
    public Guest? Answered { get; init; }

    /// In mails about an account: which token to put into the link. The token itself is derived from it when the mail is sent.
    public string? TokenId { get; init; }

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Milliseconds() },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static Letter FromJson(string json) => JsonSerializer.Deserialize<Letter>(json, Options)!;

    private sealed class Milliseconds : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Instant.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }
}

/// What a meeting is about, when and where.
public sealed record MeetingTerms(string Title, string Description, string Location, Instant Start, Instant End, string Timezone);

public sealed record MeetingFacts(
    string Uuid, int Sequence, Instant Stamp, MeetingTerms Terms, string HostEmail, string HostName, Instant CreatedAt, Instant UpdatedAt, IReadOnlyList<Guest> Guests);

/// <param name="Status">pending, accepted, declined or tentative.</param>
public sealed record Guest(string Email, string Name, string Status);
