using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Convene.Server.Features;

/// Conflict lists and slots write their times with `+00:00` where the rest of the API writes `Z` (CONTRACT §7.8).
public sealed class ZeroOffsetConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Answers are only written.");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[IsoTime.Longest];
        writer.WriteStringValue(text[..IsoTime.WriteUtf8(value, "+00:00"u8, text)]);
    }
}
