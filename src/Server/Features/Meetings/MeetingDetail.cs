using System.Text.Json.Serialization;
using Convene.Server.Features.Attachments;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// <summary>Everything about one meeting.</summary>
public sealed record MeetingDetail : MeetingItem
{
    internal MeetingDetail(EntryRows.Entry row, IReadOnlyList<ParticipantRows.Participant> guests, IReadOnlyList<AttachmentRows.Attachment> attachments, Actor actor, Instant now)
        : base(row, guests, actor)
    {
        ScheduleState = row.Status == "scheduled" ? row.ScheduleState ?? row.Status : row.Status;
        MeetingType = row.MeetingTypeId;
        CreatedBy = row.OrganizerId;
        Host = new Host(row.OrganizerId, row.OrganizerEmail, row.OrganizerName);
        IsUpcoming = row.StartAt > now;
        ReminderMinutes = row.ReminderMinutes;
        Sequence = row.Sequence;
        OpenProposals = Rights.MayEdit(actor, row, guests) ? row.OpenProposals : 0;
        Attachments = [.. attachments.Select(Attachment.Of)];
    }

    /// <summary>The status, in more words where another door knows more (rescheduled, extended).</summary>
    public string ScheduleState { get; }

    /// <summary>The number of its meeting type, if it was booked with one.</summary>
    public long? MeetingType { get; }

    /// <summary>The host's number.</summary>
    public long CreatedBy { get; }
    public Host Host { get; }
    public bool IsUpcoming { get; }

    /// <summary>Minutes before the start at which everybody is reminded; null: no reminder.</summary>
    public long? ReminderMinutes { get; }

    /// <summary>How often it changed in a way that invitees were told of (iCalendar SEQUENCE).</summary>
    public long Sequence { get; }

    /// <summary>How many other times were proposed and wait for an answer; 0 for who may not give it.</summary>
    public long OpenProposals { get; }

    /// <summary>Its documents, by the time they came.</summary>
    public IReadOnlyList<Attachment> Attachments { get; }

    /// <summary>After booking a series: how many meetings were made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OccurrenceCount { get; init; }

    /// <summary>After booking or changing: who was left out because they are busy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SkippedParticipant>? SkippedParticipants { get; init; }

    /// <summary>After booking or changing: whether anybody asked for was busy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? HasConflicts { get; init; }

    /// <summary>After booking or changing: what takes the time of each busy person, by e-mail address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<Clash>>? Conflicts { get; init; }

    /// <summary>After booking or changing: what else the host has at that time; it does not stop them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Clash>? HostConflicts { get; init; }

    /// <summary>After booking or changing: what was accepted but may be a mistake.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>After booking or changing: what happened, in a sentence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}

public sealed record Host(long Id, string Email, string Name);

/// <summary>Somebody who was asked for and is not invited.</summary>
/// <param name="Reason">busy</param>
/// <param name="Dates">Of a series: the starts that they are left out of; null: all.</param>
public sealed record SkippedParticipant(
    string Email, string Name, string Reason, IReadOnlyList<Clash> Conflicts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Instant>? Dates = null);
