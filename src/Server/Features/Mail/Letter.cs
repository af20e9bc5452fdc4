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

    /// To the host: dates of a series that have come within the horizon clash.
    public const string Clash = "series_clash";

    /// To the host: an administrator called their meeting off.
    public const string Withdrawn = "withdrawn";

    /// To the host: somebody answered an invitation.
    public const string Answer = "answer";

    /// To the host: somebody wants somebody else to come instead.
    public const string Delegated = "delegated";

    /// To the host: somebody proposes another time.
    public const string Proposal = "proposal";

    /// To who proposed another time: the host declined it.
    public const string ProposalDeclined = "proposal_declined";
    public const string Verification = "verification";
    public const string PasswordReset = "password_reset";

    /// To an account's owner: the ways to sign in have changed.
    public const string Notice = "account_notice";

    public MeetingFacts? Meeting { get; init; }

    /// In an update: how it was before.
    public MeetingTerms? Before { get; init; }

    /// Of a series: the occurrences that are not as its rule says.
    public IReadOnlyList<MeetingFacts>? Changed { get; init; }

    /// In a mail to the host of a series: where its new dates clash.
    public IReadOnlyList<SeriesClash>? Clashes { get; init; }

    /// In a cancellation: why, if somebody said so. In a mail about an answer or a proposal: what they had to say. In an invitation sent again: why.
    public string? Reason { get; init; }

    /// In a mail about an answer: who answered, and what.
    public Guest? Answered { get; init; }

    /// In a mail about a proposal: the time that was proposed.
    public ProposedTime? Proposed { get; init; }

    /// In mails about an account: which token to put into the link. The token itself is derived from it when the mail is sent.
    public string? TokenId { get; init; }

    /// In a notice: which one (AccountNotice).
    public string? Told { get; init; }

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

/// <param name="LeftOut">Whether they are not in the meeting on that date; else they are in both.</param>
public sealed record SeriesClash(Instant Start, string Name, bool LeftOut);

public sealed record ProposedTime(Instant Start, Instant End);

/// What a mail about a series, or about one occurrence of it, has to say of that. Times are wall times in the meeting's zone.
/// <param name="Rule">RRULE, if it is about the series.</param>
/// <param name="Dropped">Of a series: dates that the recipient does not take part in, or nobody does.</param>
public sealed record SeriesFacts(string? Rule, IReadOnlyList<string> Added, IReadOnlyList<string> Dropped)
{
    /// Of an occurrence: the time that the series gives it.
    public string? RecurrenceId { get; init; }

    /// Of an occurrence: the zone of that time, if the occurrence has another.
    public string? Timezone { get; init; }

    /// Of an occurrence: its own id, where its UID is the series'.
    public string? Occurrence { get; init; }
}

/// What a meeting is about, when and where.
public sealed record MeetingTerms(string Title, string Description, string Location, Instant Start, Instant End, string Timezone);

public sealed record MeetingFacts(
    string Uuid, int Sequence, Instant Stamp, MeetingTerms Terms, string HostEmail, string HostName, Instant CreatedAt, Instant UpdatedAt, IReadOnlyList<Guest> Guests)
{
    /// Null: it stands alone.
    public SeriesFacts? Series { get; init; }
}

/// <param name="Status">pending, accepted, declined or tentative.</param>
public sealed record Guest(string Email, string Name, string Status);
