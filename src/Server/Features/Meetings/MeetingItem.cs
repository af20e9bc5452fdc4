using System.Text.Json.Serialization;
using Convene.Scheduling.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// <summary>A meeting in a list.</summary>
public record MeetingItem
{
    internal MeetingItem(EntryRows.Entry row, IReadOnlyList<ParticipantRows.Participant> guests, Actor actor)
    {
        Id = row.Uuid;
        Number = row.Id;
        Title = row.Title;
        Description = row.Description;
        Location = row.Location;
        StartTime = row.StartAt;
        EndTime = row.EndAt;
        Timezone = row.Timezone;
        Series = row.SeriesUuid is null ? null : SeriesPart.Of(row);
        Status = row.Status;
        Role = Rights.RoleOf(actor, row, guests);
        CreatedByEmail = row.OrganizerEmail;
        DurationMinutes = (long)row.When.Length.TotalMinutes;
        ParticipantCount = guests.Count;
        Participants = [.. guests.Select(g => new Participant(g, row.Uuid))];
        CreatedAt = row.CreatedAt;
        UpdatedAt = row.UpdatedAt;
        Version = row.Version;
    }

    public string Id { get; }

    /// The integer that systems 3 and 4 show.
    [JsonIgnore]
    public long Number { get; }
    public string Title { get; }
    public string Description { get; }
    public string Location { get; }
    public Instant StartTime { get; }
    public Instant EndTime { get; }

    /// <summary>IANA zone in which the meeting was planned.</summary>
    public string Timezone { get; }

    /// <summary>The series that it is an occurrence of, if it repeats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeriesPart? Series { get; }

    /// <summary>scheduled, cancelled or completed.</summary>
    public string Status { get; }

    /// <summary>What the asker is in this meeting: host, cohost or attendee.</summary>
    public string Role { get; }
    public string CreatedByEmail { get; }
    public long DurationMinutes { get; }
    public long ParticipantCount { get; }
    public IReadOnlyList<Participant> Participants { get; }
    public Instant CreatedAt { get; }
    public Instant UpdatedAt { get; }

    /// <summary>Counts all changes, answers too. `If-Match: "7"` lets a change pass only if this is still 7.</summary>
    public long Version { get; }
}

/// <summary>What a meeting is part of.</summary>
/// <param name="Id">The same in all occurrences; the UID in calendar files.</param>
/// <param name="Rrule">How it repeats (RFC 5545 §3.3.10).</param>
/// <param name="RecurrenceId">The wall time that the rule gives this one, wherever it was moved to.</param>
/// <param name="Description">The rule in words.</param>
public sealed record SeriesPart(string Id, string Rrule, string RecurrenceId, string Description)
{
    internal static SeriesPart Of(EntryRows.Entry row)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(row.SeriesTimezone!) ?? DateTimeZone.Utc;
        return new SeriesPart(
            row.SeriesUuid!, row.SeriesRule!, row.RecurrenceId!,
            Describe.Of(RecurrenceRule.Parse(row.SeriesRule!), SeriesRows.Wall(row.RecurrenceId!), isDates: false, zone));
    }
}
