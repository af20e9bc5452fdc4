using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Meetings;

/// Sends the participants a mail about the meeting once more.
public sealed class Notify(Store store, IClock clock, MeetingMail mail)
{
    public static IReadOnlyList<string> Types { get; } = [Letter.Invitation, Letter.Update, Letter.Cancellation, Letter.Reminder];

    /// <param name="Type">One of <see cref="Types"/>.</param>
    public sealed record Request(string Type);

    /// <summary>By address: whether a mail is on its way.</summary>
    /// <param name="Detail">Why nobody is told, if so.</param>
    public sealed record Result(IReadOnlyDictionary<string, bool> Results, string? Detail);

    public Task<Outcome<Result>> Handle(Actor actor, string id, Request request) => store.Write<Result>(async tx =>
    {
        if (await EntryRows.Hold(tx, id, actor.Id) is not { } meeting)
            return new Refusals.NotFound();
        var guests = await ParticipantRows.Of(tx, meeting.Id);
        if (!Rights.MayEdit(actor, meeting, guests))
            return new Refusals.NotAllowed("Only the organiser can send notifications.");

        // A mail that says the opposite of what is true would remove the meeting from calendars, or put it back.
        var cancelled = Words.Status(meeting.Status) == MeetingStatus.Cancelled;
        var contradiction = (request.Type == Letter.Cancellation) != cancelled;
        var told = contradiction ? [] : guests.Where(g => g.Answer != Answer.Declined && g.Email.Length > 0).ToList();
        await mail.Tell(tx, request.Type, meeting, guests, told, clock.GetCurrentInstant());
        return new Result(
            guests.ToDictionary(g => g.Email, g => told.Contains(g) && Choices.Wants(g.UnwantedMail, request.Type), StringComparer.Ordinal),
            (contradiction, cancelled) switch
            {
                (true, true) => "The meeting is cancelled: nothing was sent.",
                (true, false) => "The meeting is not cancelled: nothing was sent. To cancel it and tell everybody, use the cancel action.",
                _ => null,
            });
    });
}
