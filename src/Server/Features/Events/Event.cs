using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Events;

/// <summary>A personal event: time that its owner is busy, or free, for reasons of their own.</summary>
public sealed record Event
{
    internal Event(EventRows.Event row)
    {
        Id = row.Id;
        Owner = row.OrganizerId;
        Title = row.Title;
        StartTime = row.StartAt;
        EndTime = row.EndAt;
        EventType = row.Transparency;
        Description = row.Description;
        Location = row.Location;
        AllDay = row.AllDay == 1;
        Timezone = row.Timezone;
        Series = row.SeriesUuid;
        CreatedAt = row.CreatedAt;
        UpdatedAt = row.UpdatedAt;
    }

    public long Id { get; }

    /// <summary>The owner's number.</summary>
    public long Owner { get; }
    public string Title { get; }
    public Instant StartTime { get; }
    public Instant EndTime { get; }

    /// <summary>busy or free.</summary>
    public string EventType { get; }
    public string Description { get; }
    public string Location { get; }

    /// <summary>Whether it takes whole days, on the clocks of its zone.</summary>
    public bool AllDay { get; }
    public string Timezone { get; }

    /// <summary>What it is an occurrence of, if it repeats.</summary>
    public string? Series { get; }
    public Instant CreatedAt { get; }
    public Instant UpdatedAt { get; }
}
